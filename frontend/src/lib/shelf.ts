// Copies of unacknowledged drafts on this device, one for each tab, so that a crash loses no word.
import type { Draft } from "./draft"

export interface Copy {
  draft: Draft
  sent: Draft[] // handed to the server, and not answered
  at: number
}

const STALE = 10_000
const OLD = 30 * 24 * 3600_000

export class Shelf {
  constructor(private readonly key: string, private readonly tab = tabName()) {}

  put(draft: Draft | null, sent: Draft[]): void {
    const name = `${this.#prefix}${this.tab}`
    try {
      if (draft) localStorage.setItem(name, JSON.stringify({ draft, sent, at: Date.now() } satisfies Copy))
      else localStorage.removeItem(name)
    } catch {
      if (sent.length) this.put(draft, []) // there may be room for the newest words alone
    } // else full or forbidden: the server keeps it all the same
  }

  /** Takes down the newest copy that no living tab still holds, this tab's own first. */
  take(): Copy | null {
    const copies = this.#copies().filter(({ name, copy }) => name.endsWith(this.tab) || Date.now() - copy.at > STALE)
    copies.sort((a, b) => b.copy.at - a.copy.at)
    for (const { name } of copies) localStorage.removeItem(name)
    return copies[0]?.copy ?? null
  }

  get #prefix(): string {
    return `draft:${this.key}:`
  }

  #copies(): { name: string; copy: Copy }[] {
    const found: { name: string; copy: Copy }[] = []
    try {
      for (const name of Object.keys(localStorage).filter((name) => name.startsWith(this.#prefix))) {
        const copy = JSON.parse(localStorage.getItem(name) ?? "null") as Copy | null
        if (copy && Date.now() - copy.at < OLD) found.push({ name, copy })
        else localStorage.removeItem(name)
      }
    } catch {
      return []
    }
    return found
  }
}

/** A name for this tab that outlives a reload. */
export function tabName(): string {
  try {
    const known = sessionStorage.getItem("tab")
    if (known) return known
    const name = crypto.getRandomValues(new Uint32Array(2)).join("").slice(0, 16)
    sessionStorage.setItem("tab", name)
    return name
  } catch {
    return "one"
  }
}
