// A keeper of drafts that is wired to the server and to this device.
import { type Answer, type Draft, DraftKeeper, type State, type Theirs } from "./draft"
import { askJSON, Refused } from "./request"
import type { Shelf } from "./shelf"

const KEEPALIVE_LIMIT = 60_000 // bytes; browsers refuse more in requests that outlive a page

export function keep(url: string, revision: number, shelf: Shelf, told: (state: State, theirs?: Theirs) => void): DraftKeeper {
  return new DraftKeeper({ send: (draft, leaving) => send(url, draft, leaving), store: (draft, sent) => shelf.put(draft, sent), told }, revision)
}

/** The page is drawn anew after a send: what lies in the composers beside it is kept before. */
export function othersKept(): Promise<void>[] {
  const kept: Promise<void>[] = []
  dispatchEvent(new CustomEvent("composer:sending", { detail: { kept } }))
  return kept
}

async function send(url: string, draft: Draft, leaving: boolean): Promise<Answer> {
  const body = JSON.stringify(draft)
  const keepalive = leaving && new Blob([body]).size < KEEPALIVE_LIMIT
  try {
    const answer = await askJSON<{ revision: number }>(url, { method: "PUT", body, keepalive })
    return typeof answer.revision === "number" ? { kept: answer.revision } : { failed: true }
  } catch (error) {
    if (error instanceof Refused && error.status === 409) return { conflict: error.body as unknown as Theirs }
    if (!(error instanceof Refused)) return { failed: true }
    if (error.status === 413) return { tooLarge: true }
    return error.status === 401 || error.status === 403 ? { signedOut: true } : { failed: true }
  }
}
