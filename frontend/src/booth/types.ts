// What lies on the table, as `GET /booths/<code>/table` tells it, and what the neighbours of this folder are given.
import type { Awareness } from "y-protocols/awareness"
import type * as Y from "yjs"

/** A row's id: a number of the server's, or our own name for a row that has not arrived there yet. */
export type Id = number | string
export type Side = "ours" | "yours"
export type Whose = Side | "together"
export type Answer = "reached" | "partly" | "unreached"
export type Pane = "steps" | "notes" | "sketch" | "goal"

export interface BoothFacts {
  code: string
  state: "open" | "ended"
  goal: string
  person: string | null
  opened_at: string
  ended_at: string | null
}

export interface You {
  id: Id
  name: string
  side: Side
  may_edit: boolean
  is_member: boolean
}

export interface Participant {
  id: Id
  name: string
  side: Side
  is_guest: boolean
  role: "view" | "edit"
  joined_at: string
  removed: boolean
}

export interface Step {
  id: Id
  words: string
  whose: Whose
  due_at: string | null
  whole_day: boolean
  done_at: string | null
  done_by: Id | null
  made_by: Id | null
  promise: { id: Id; state: string } | null
  changes: number
  reminder?: { by: Id | null; at: string; said_at: string | null; way: "" | "mail" | "page" } | null
}

/** A step that was taken off, by whom and when. */
export interface GoneStep {
  id: Id
  words: string
  whose: Whose
  by: Id | null
  at: string
}

export interface Line {
  id: Id
  by: Id | null
  at: string
  words: string
}

export interface TableFile {
  id: Id
  name: string
  size: number
  type: string
  url: string
  preview: string | null
  by: Id | null
  at: string
  in_page: boolean
}

export interface Agreement {
  by: Id | null
  at: string
  words: string
}

export interface Ending {
  by: Id | null
  answer: Answer
  words: string
  at: string
}

export interface LessonPart {
  title: string
  words: string
  amounts: [string, string][]
  picture: string | null
}

export interface Lesson {
  id: Id
  title: string
  by: Id | null
  leader: Id | null
  parts: LessonPart[]
  places: { by: Id; part: number; learned_at: string | null }[]
}

export interface Link {
  id: Id
  role: "view" | "edit"
  hint: string
  expires_at: string | null
  revoked: boolean
  uses_left: number | null
}

export interface Table {
  booth: BoothFacts
  you: You
  participants: Participant[]
  steps: Step[]
  taken_off: GoneStep[]
  lines: Line[]
  /** Whether there are lines before these. */
  earlier?: boolean
  files: TableFile[]
  agreements: Agreement[]
  endings: Ending[]
  lessons: Lesson[]
  links?: Link[]
  versions: number
}

/** A text of the page in the reader's language, its places filled in: `say("is_here", { name: "Lena" })`. */
export type Say = (key: string, places?: Record<string, string>) => string

/** Sends a verb: `path` below the booth's address. It is kept on this device until the server has taken it. */
export type Send = (path: Id[], body: Record<string, unknown>) => void

/** The rows as they are now, with what we did and the server has not taken yet. `watch` calls back after each change. */
export interface Rows {
  readonly now: Table
  watch(changed: (table: Table) => void): () => void
}

/** What others see of somebody who has the page open; the server vouches for `user`. */
export interface Present {
  user?: { id: Id; name: string; side: Side }
  cursor?: unknown
  pointer?: { pane: Pane; x: number; y: number } | null
  looking?: { pane: Pane; id: Id | null } | null
}

/** A part of the page that was mounted. */
export interface Mounted {
  destroy(): void
}

export interface SketchGiven {
  doc: Y.Doc
  awareness: Awareness
  you: You
  mayEdit: boolean
  /** Lays a picture on the table and answers its id; rejects with words for the reader. */
  upload(file: File): Promise<number>
  fileUrl(id: number): string
  /** How a participant is called. */
  nameOf(id: Id | null): string
  words: Record<string, string>
}

/** Of `./sketch/mount`: draws the board of `doc` into `element`. */
export type MountSketch = (element: HTMLElement, given: SketchGiven) => Mounted

export interface LessonsGiven {
  table: Rows
  you: You
  send: Send
  words: Record<string, string>
}

/** Of `./lesson`: shows the lessons on the table, and hides `element` when there is nothing to show. */
export type MountLessons = (element: HTMLElement, given: LessonsGiven) => Mounted
