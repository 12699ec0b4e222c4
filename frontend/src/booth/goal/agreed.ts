// Who said that the goal is right, as it is written now.
import type { Agreement, Id, Participant } from "../types"

const MOST = 2_000

/** The words as they are agreed on: as much of them as the server keeps. */
export function asAgreed(words: string): string {
  return words.trim().slice(0, MOST)
}

export interface Agreed {
  /** Those who said yes to these very words. */
  to: Id[]
  /** Those who said yes to other words, before they were changed. */
  before: Id[]
  /** Somebody of each side said yes. */
  both: boolean
}

export function agreedOn(words: string, agreements: Agreement[], participants: Participant[]): Agreed {
  const last = new Map<Id, string>()
  for (const { by, words: said } of agreements) if (by !== null) last.set(by, said)
  const to = [...last].filter(([, said]) => said === asAgreed(words)).map(([by]) => by)
  const before = [...last.keys()].filter((by) => !to.includes(by))
  const sides = new Set(participants.filter(({ id }) => to.includes(id)).map(({ side }) => side))
  return { to, before, both: sides.size === 2 }
}
