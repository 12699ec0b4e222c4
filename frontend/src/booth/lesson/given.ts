// What the lessons of a table are given: as much of the table as they read, and how something is done to it.

export type Id = number | string

export interface Part {
  title: string
  words: string
  amounts: [string, string][]
  picture: string | null
}

/** Where somebody is in a lesson; past its last step it is learned. */
export interface Place {
  by: Id
  part: number
  learned_at: string | null
}

export interface Lesson {
  id: Id
  title: string
  by: Id | null
  leader: Id | null
  parts: Part[]
  places: Place[]
}

export interface Sitter {
  id: Id
  name: string
  side: "ours" | "yours"
  removed: boolean
}

export interface You {
  id: Id
  may_edit: boolean
  is_member: boolean
}

export interface Table {
  booth: { code: string; state: "open" | "ended" }
  you: You
  participants: Sitter[]
  lessons: Lesson[]
}

export interface Rows {
  readonly now: Table
  /** Calls back after each change of the table. */
  watch(changed: (table: Table) => void): () => void
}

/** Does something to the table: `path` lies below the booth's address. */
export type Send = (path: Id[], body: Record<string, unknown>) => void

export interface LessonsGiven {
  table: Rows
  you: You
  send: Send
  words: Record<string, string>
}

/** A text in the reader's language, its places filled in. */
export type Say = (key: string, places?: Record<string, string>) => string

export function speaker(words: Record<string, string>): Say {
  return (key, places = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole)
}
