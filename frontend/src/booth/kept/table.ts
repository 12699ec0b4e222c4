// The rows of the table: as the server tells them, with what we did laid over until it has come back to us.
import type { Id, Rows, Table } from "../types"
import { laid, partOf } from "./overlay"
import type { Verb } from "./shelf"

type Watcher = (table: Table) => void

interface Settled {
  verb: Verb
  after: number
}

export class TableStore implements Rows {
  now: Table
  #base: Table
  #waiting: Verb[] = []
  #settled: Settled[] = []
  #fetches = 0
  #newest = new Map<string, number>()
  readonly #watchers = new Set<Watcher>()

  /** `fetch` asks for one part of the table, or (null) for all of it. */
  constructor(table: Table, private readonly names: Map<string, Id>, private readonly fetch: (part: string | null) => Promise<Partial<Table>>) {
    this.#base = this.now = table
  }

  watch(changed: Watcher): () => void {
    this.#watchers.add(changed)
    changed(this.now)
    return () => this.#watchers.delete(changed)
  }

  /** Asks the server again. An older answer never stands over a newer one. */
  async refetch(part: string | null): Promise<void> {
    const count = ++this.#fetches
    const came = await this.fetch(part)
    const fresh = Object.entries(came).filter(([name]) => (this.#newest.get(name) ?? 0) < count)
    for (const [name] of fresh) this.#newest.set(name, count)
    this.#settled = this.#settled.filter(({ verb, after }) => after >= count || (part !== null && part !== partOf(verb)))
    this.#base = { ...this.#base, ...Object.fromEntries(fresh) }
    this.#tell()
  }

  /** These were done here and are not taken yet. */
  wait(verbs: Verb[]): void {
    this.#waiting = verbs
    this.#tell()
  }

  /** The server took it: it lies over the rows until they were asked for again. */
  settle(verb: Verb): void {
    this.#settled.push({ verb, after: this.#fetches })
    this.#tell()
  }

  /** The words of a step as the server has them, as far as we know; null when it is none, or is not there. */
  standing({ path, body }: Verb): string | null {
    if (path[0] !== "steps" || path.length !== 2 || body.words === undefined) return null
    const known = laid(this.#base, this.#settled.map(({ verb }) => verb), this.names)
    return known.steps.find(({ id }) => id === path[1])?.words ?? null
  }

  #tell(): void {
    this.now = laid(this.#base, [...this.#settled.map(({ verb }) => verb), ...this.#waiting], this.names)
    for (const changed of this.#watchers) changed(this.now)
  }
}
