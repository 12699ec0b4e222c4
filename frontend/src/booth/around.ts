// What every part of the page is given. Parts do not know each other; they know this.
import type { Awareness } from "y-protocols/awareness"
import type * as Y from "yjs"

import type { Desk } from "./kept/sending"
import type { TableStore } from "./kept/table"
import type { Notices } from "./notices"
import type { Times } from "./times"
import type { Id, Participant, Present, Say, Side } from "./types"
import { together } from "./words"

export interface More {
  /** The words that are replaced, so that somebody else's are not lost unseen. */
  was?: string
  file?: File
}

export interface Around {
  readonly element: HTMLElement
  readonly rows: TableStore
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly desk: Desk
  readonly notices: Notices
  readonly say: Say
  /** The same words, for those who are handed all of them. */
  readonly words: Record<string, string>
  readonly times: Times
  readonly lang: string
  /** Whether this reader may change what lies on the table now. */
  readonly mayEdit: boolean
  /** Does something to the rows; it is kept here until the server has taken it. Returns its key. */
  act(path: Id[], body?: Record<string, unknown>, more?: More): string
  /** Resolves with the server's id of a row once it has one; rejects with words when it was refused. */
  arrived(once: string): Promise<Id>
  /** Lets what others change in the shared document wait (true), or takes in what waited. */
  hold(yes: boolean): void
  /** Says something to those who hear the page. */
  announce(words: string): void
}

export function participant(around: Around, id: Id | null): Participant | undefined {
  return around.rows.now.participants.find((one) => one.id === id)
}

export function nameOf(around: Around, id: Id | null): string {
  return participant(around, id)?.name ?? around.say("someone")
}

/** The names of those who sit on a side, as one says them; of nobody: empty. */
export function namesOn(around: Around, side: Side): string {
  return together(around.rows.now.participants.filter((one) => one.side === side && !one.removed).map(({ name }) => name), around.lang)
}

export function states(awareness: Awareness): Map<number, Present> {
  return awareness.getStates() as Map<number, Present>
}

/** Those others who have the page open. */
export function othersHere(around: Around): Id[] {
  const ids = [...states(around.awareness).values()].map(({ user }) => user?.id)
  return [...new Set(ids)].filter((id): id is Id => id !== undefined && id !== around.rows.now.you.id)
}
