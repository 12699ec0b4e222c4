// What the server proved to hold. It sends only what it has committed, so whatever of ours comes back, or is counted in
// a state that it names, is kept with us.
import * as Y from "yjs"

interface Range {
  clock: number
  len: number
}

export class Proof {
  readonly #have = new Map<number, number>()
  readonly #need = new Map<number, number>()
  #takenOut = new Map<number, Range[]>()

  /** Whether all that we sent is proved to be kept. */
  get whole(): boolean {
    return this.#need.size === 0 && this.#takenOut.size === 0
  }

  /** We sent this; until it is proved, it may be lost. */
  sent(update: Uint8Array): void {
    const { structs, ds } = Y.decodeUpdate(update)
    for (const { id, length } of structs) this.#needUpTo(id.client, id.clock + length)
    for (const [client, ranges] of ds.clients) this.#takenOut.set(client, [...(this.#takenOut.get(client) ?? []), ...ranges])
  }

  /** The server named its state. */
  counted(state: Uint8Array): void {
    for (const [client, clock] of Y.decodeStateVector(state)) this.#haveUpTo(client, clock)
  }

  /** The server sent this. */
  came(update: Uint8Array): void {
    const { structs, ds } = Y.decodeUpdate(update)
    for (const { id, length } of structs) if (id.clock <= this.#upTo(id.client)) this.#haveUpTo(id.client, id.clock + length)
    for (const [client, ranges] of this.#takenOut) {
      const left = without(ranges, ds.clients.get(client) ?? [])
      if (left.length) this.#takenOut.set(client, left)
      else this.#takenOut.delete(client)
    }
  }

  /** The state to ask with, so that the answer holds what is not proved yet, and little else. */
  question(doc: Y.Doc): Uint8Array {
    const state = Y.decodeStateVector(Y.encodeStateVector(doc))
    for (const client of this.#need.keys()) state.set(client, Math.min(state.get(client) ?? 0, this.#upTo(client)))
    return Y.encodeStateVector(state)
  }

  #upTo(client: number): number {
    return this.#have.get(client) ?? 0
  }

  #needUpTo(client: number, clock: number): void {
    if (clock > Math.max(this.#upTo(client), this.#need.get(client) ?? 0)) this.#need.set(client, clock)
  }

  #haveUpTo(client: number, clock: number): void {
    if (clock <= this.#upTo(client)) return
    this.#have.set(client, clock)
    if ((this.#need.get(client) ?? 0) <= clock) this.#need.delete(client)
  }
}

/** What is left of `ranges` where `gone` was taken away. Both are long where much was written: they are walked once. */
function without(ranges: Range[], gone: readonly Range[]): Range[] {
  const cuts = [...gone].sort(byClock)
  let first = 0
  return [...ranges].sort(byClock).flatMap((range) => {
    while (first < cuts.length && cuts[first]!.clock + cuts[first]!.len <= range.clock) first++
    return cut(range, cuts, first)
  })
}

function byClock(a: Range, b: Range): number {
  return a.clock - b.clock
}

function cut({ clock, len }: Range, cuts: Range[], first: number): Range[] {
  const left: Range[] = []
  let from = clock
  const end = clock + len
  for (let at = first; at < cuts.length && cuts[at]!.clock < end; at++) {
    const hole = cuts[at]!
    if (hole.clock > from) left.push({ clock: from, len: hole.clock - from })
    from = Math.max(from, hole.clock + hole.len)
  }
  if (from < end) left.push({ clock: from, len: end - from })
  return left
}
