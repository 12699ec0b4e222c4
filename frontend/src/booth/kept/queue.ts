// Verbs on their way to the server: one after the other, in the order they were done, kept until they are taken.
import type { Id } from "../types"
import { waitBefore } from "./provider"
import type { Shelf, Verb } from "./shelf"

/** What became of a sent verb. `refused`: never again; the words say why. `away`: nobody answered, or nobody may be
    asked now. `stuck`: this one cannot be taken now; others may be. */
export type Outcome = { taken: { id?: Id } } | { refused: number; words: string } | "away" | "stuck"

export interface QueueTold {
  changed(): void
  taken(verb: Verb, answer: { id?: Id }): void
  refused(verb: Verb, status: number, words: string): void
  /** Words that we replaced were changed by somebody else meanwhile: `theirs` stand now. */
  crossed(verb: Verb, theirs: string): void
}

export interface QueueGiven {
  shelf: Shelf
  /** The server's ids of rows that we named ourselves, by our names; queues may share it. */
  names: Map<string, Id>
  /** Which verbs go through this queue. */
  takes(verb: Verb): boolean
  post(verb: Verb): Promise<Outcome>
  /** The words that stand on the server where this verb puts others; null when it puts none, or nothing is there. */
  standing(verb: Verb): string | null
  told: QueueTold
  /** Reads what stands on the server once more; false when it cannot be reached. */
  refresh(): Promise<boolean>
  /** Lets no other tab send at the same time. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>
}

/** How names of our own begin: the key of the verb that makes the row follows. */
export const OURS = "new:"

export class Queue {
  waiting: Verb[] = []
  readonly #shelved = new Set<string>()
  #flushing: Promise<void> | null = null
  #stale = false
  #again = false
  #failures = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #stopped = false

  constructor(private readonly given: QueueGiven) {}

  /** Takes up what this device still holds from an earlier time. */
  async recall(): Promise<void> {
    for (const [ours, theirs] of await this.given.shelf.names()) this.given.names.set(ours, theirs)
    const kept = (await this.given.shelf.verbs()).filter((verb) => this.given.takes(verb))
    for (const { once } of kept) this.#shelved.add(once)
    this.waiting = [...kept, ...this.waiting.filter(({ once }) => kept.every((verb) => verb.once !== once))]
    this.#stale = kept.length > 0
    if (kept.length) this.given.told.changed()
  }

  add(verb: Verb): void {
    this.waiting.push(verb)
    this.given.told.changed()
    void this.#keep(verb)
  }

  /** Sends what waits, unless that goes on already. */
  flush(): Promise<void> {
    clearTimeout(this.#retry)
    if (!this.waiting.length && !this.#flushing) return Promise.resolve()
    this.#again = this.#flushing !== null
    this.#flushing ??= this.given.alone(() => this.#sendAll()).finally(() => {
      this.#flushing = null
      if (this.#again && !this.#stopped) void this.flush()
    })
    return this.#flushing
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#retry)
  }

  async #keep(verb: Verb): Promise<void> {
    try {
      await this.given.shelf.put(verb)
      this.#shelved.add(verb.once)
    } finally {
      await this.flush()
    }
  }

  /** One that is stuck holds up only what is done to the same row after it. */
  async #sendAll(): Promise<void> {
    if (this.#stale && !(await this.given.refresh())) return this.#later()
    this.#stale = false
    const held = new Set<string>()
    for (const verb of [...this.waiting]) {
      if (this.#stopped) return
      if (held.has(rowOf(verb)) || held.has(OURS + verb.once)) continue
      const outcome = await this.#send(verb)
      if (outcome === "away") return this.#later()
      if (outcome === "stuck") for (const row of [rowOf(verb), OURS + verb.once]) held.add(row)
    }
    this.#failures = held.size ? this.#failures : 0
    if (held.size) this.#later()
  }

  async #send(verb: Verb): Promise<"done" | "away" | "stuck"> {
    const named = this.#named(verb)
    if (await this.#sentElsewhere(verb)) return this.#settle(verb, () => this.given.told.taken(verb, {}))
    // The row itself was refused, and that was told.
    if (named.path.some((part) => String(part).startsWith(OURS))) return this.#settle(verb, () => this.given.told.changed())
    const theirs = this.given.standing(named)
    if (verb.was !== undefined && theirs !== null && theirs !== verb.was && theirs !== verb.body.words) {
      return this.#settle(verb, () => this.given.told.crossed(verb, theirs))
    }
    const outcome = await this.given.post(named)
    if (outcome === "away" || outcome === "stuck") return outcome
    if ("refused" in outcome) return this.#settle(verb, () => this.given.told.refused(verb, outcome.refused, outcome.words))
    const { id } = outcome.taken
    if (id !== undefined) await this.given.shelf.name(OURS + verb.once, id).catch(() => undefined)
    if (id !== undefined) this.given.names.set(OURS + verb.once, id)
    return this.#settle(verb, () => this.given.told.taken(verb, outcome.taken))
  }

  #later(): void {
    this.#stale = true
    if (!this.#stopped) this.#retry = setTimeout(() => void this.flush(), waitBefore(this.#failures++))
  }

  /** Another tab of this browser may have sent it. */
  async #sentElsewhere(verb: Verb): Promise<boolean> {
    if (!this.#shelved.has(verb.once)) return false
    return !(await this.given.shelf.has(verb.once).catch(() => true))
  }

  async #settle(verb: Verb, tell: () => void): Promise<"done"> {
    this.waiting = this.waiting.filter((other) => other !== verb)
    tell()
    await this.given.shelf.drop(verb.once).catch(() => undefined)
    return "done"
  }

  /** The verb with the server's ids in place of our own names. */
  #named(verb: Verb): Verb {
    const idOf = (id: Id) => this.given.names.get(String(id)) ?? id
    const { after } = verb.body
    const body = after === undefined || after === null ? verb.body : { ...verb.body, after: idOf(after as Id) }
    return { ...verb, path: verb.path.map(idOf), body }
  }
}

/** What a verb is done to: what is done to the same row keeps its order. */
function rowOf({ path, once }: Verb): string {
  return path.length > 1 ? String(path[1]) : once
}
