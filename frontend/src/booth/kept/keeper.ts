// Everything that keeps what is done: the shared document on this device and on the line, the rows and their queue.
import { IndexeddbPersistence } from "y-indexeddb"
import { Awareness } from "y-protocols/awareness"
import * as Y from "yjs"

import { Soon } from "../../lib/soon"
import type { More } from "../around"
import type { Id, Table } from "../types"
import { uuid } from "./key"
import { OURS, Queue } from "./queue"
import { type Over, Provider } from "./provider"
import { type Desk, NoSeat } from "./sending"
import { type Shelf, shelfFor, type Verb } from "./shelf"
import { Since, type Status, statusOf } from "./status"
import { TableStore } from "./table"

const OPENS_WITHIN = 3_000 // a browser that does not answer for its own store by then keeps nothing

export interface KeeperTold {
  status(status: Status): void
  /** The shared document can be read: it came from this device or from the server. */
  ready(): void
  renamed(ours: string, theirs: Id): void
  refused(verb: Verb, status: number, words: string): void
  crossed(verb: Verb, theirs: string): void
  /** The shared document did not take what was written: the server's words, or ours by their key. */
  notTaken(key: "looking" | "too_much", words: string): void
  over(why: Over): void
}

export class Keeper {
  readonly doc = new Y.Doc()
  readonly awareness = new Awareness(this.doc)
  readonly rows: TableStore
  readonly #queues: Queue[]
  readonly #provider: Provider
  readonly #persistence: IndexeddbPersistence | null
  readonly #arrivals = new Map<string, { resolve(id: Id): void; reject(why: Error): void }>()
  readonly #parts = new Set<string | null>()
  readonly #asking = new Soon(() => this.#refetch())
  readonly #away = new AbortController()
  readonly #lost = new Since()
  readonly #unproven = new Since()
  #ticking: ReturnType<typeof setInterval> | undefined
  #device: boolean
  #isOver = false

  constructor(desk: Desk, shelf: Shelf, table: Table, private readonly told: KeeperTold) {
    const name = storeName(table.booth.code)
    const names = new Map<string, Id>()
    const given = {
      shelf, names, post: (verb: Verb) => desk.post(verb), standing: (verb: Verb) => this.rows.standing(verb), refresh: () => this.#refresh(),
      told: {
        changed: () => this.#waited(),
        taken: (verb: Verb, answer: { id?: Id }) => this.#taken(verb, answer.id),
        refused: (verb: Verb, status: number, words: string) => this.#refused(verb, status, words),
        crossed: (verb: Verb, theirs: string) => this.#crossed(verb, theirs),
      },
    }
    // A file may be long on its way: ticks and words do not wait for it.
    this.#queues = [false, true].map((files) => new Queue({
      ...given, takes: ({ by, file }) => by === table.you.id && (file !== undefined) === files, alone: (work) => alone(`${name}:${table.you.id}:${files}`, work),
    }))
    this.rows = new TableStore(table, names, (part) => desk.table(part))
    this.#device = shelf.lasts
    this.#persistence = shelf.lasts ? new IndexeddbPersistence(name, this.doc) : null
    this.awareness.setLocalStateField("user", { id: table.you.id, name: table.you.name, side: table.you.side })
    this.#provider = new Provider(socketAddress(desk.base), this.doc, this.awareness, {
      changed: () => this.#changed(), rows: (part) => this.#ask(part), refused: (words) => this.told.notTaken("looking", words),
      tooMuch: () => this.told.notTaken("too_much", ""),
      failed: () => this.#ask(null), over: (why) => this.#over(why),
    }, mayEdit(table))
  }

  get mayEdit(): boolean {
    return !this.#isOver && mayEdit(this.rows.now)
  }

  start(): void {
    const { signal } = this.#away
    void this.#persistence?.whenSynced.then(() => this.told.ready())
    this.#provider.start()
    for (const queue of this.#queues) void this.#recall(queue)
    for (const name of ["online", "pageshow"]) addEventListener(name, () => this.#wake(), { signal })
    document.addEventListener("visibilitychange", () => !document.hidden && this.#wake(), { signal })
    addEventListener("unhandledrejection", (event) => this.#full(event), { signal })
    addEventListener("beforeunload", (event) => this.#leaving(event), { signal })
    this.rows.watch(() => this.#provider.allow(this.mayEdit))
    this.#ticking = setInterval(() => this.#changed(), 1000)
  }

  stop(): void {
    this.#away.abort()
    clearInterval(this.#ticking)
    this.#asking.stop()
    for (const queue of this.#queues) queue.stop()
    this.#provider.stop()
    void this.#persistence?.destroy()
    this.awareness.destroy()
  }

  /** Lets what others change in the shared document wait, or takes in what waited. */
  hold(yes: boolean): void {
    this.#provider.hold(yes)
  }

  act(path: Id[], body: Record<string, unknown> = {}, more: More = {}): string {
    const once = uuid()
    this.#queues[more.file ? 1 : 0]!.add({ once, by: this.rows.now.you.id, path, body, at: Date.now(), ...more })
    return once
  }

  arrived(once: string): Promise<Id> {
    return new Promise((resolve, reject) => this.#arrivals.set(once, { resolve, reject }))
  }

  #waited(): void {
    this.rows.wait(this.#waiting)
    this.#changed()
  }

  /** Pictures from an earlier time have lost their place in the page: they go among the files, where they are seen. */
  async #recall(queue: Queue): Promise<void> {
    await queue.recall()
    for (const { file, body } of queue.waiting) if (file) body.in_page = false
    await queue.flush()
  }

  get #waiting(): Verb[] {
    return this.#queues.flatMap(({ waiting }) => waiting).sort((a, b) => a.at - b.at)
  }

  #flush(): void {
    for (const queue of this.#queues) void queue.flush()
  }

  #crossed(verb: Verb, theirs: string): void {
    this.#waited()
    this.told.crossed(verb, theirs)
  }

  #taken(verb: Verb, id: Id | undefined): void {
    if (id !== undefined) {
      this.told.renamed(OURS + verb.once, id)
      this.#arrivals.get(verb.once)?.resolve(id)
      this.#arrivals.delete(verb.once)
    }
    this.rows.settle(verb)
    this.#waited()
    this.#ask(partAfter(verb))
  }

  #refused(verb: Verb, status: number, words: string): void {
    this.#waited()
    const waits = this.#arrivals.get(verb.once)
    this.#arrivals.delete(verb.once)
    if (waits) waits.reject(new Error(words))
    else this.told.refused(verb, status, words)
    this.#ask(null)
  }

  #ask(part: string | null): void {
    this.#parts.add(part)
    this.#asking.call()
  }

  async #refetch(): Promise<void> {
    const parts = this.#parts.has(null) || this.#parts.size > 2 ? [null] : [...this.#parts]
    this.#parts.clear()
    await Promise.all(parts.map((part) => this.rows.refetch(part))).then(() => this.#flush(), (error) => this.#unanswered(error))
  }

  async #refresh(): Promise<boolean> {
    try {
      await this.rows.refetch(null)
      return true
    } catch (error) {
      this.#unanswered(error)
      return false
    }
  }

  #unanswered(error: unknown): void {
    if (error instanceof NoSeat) this.#over("no seat")
  }

  #wake(): void {
    this.#provider.wake()
    this.#flush()
  }

  #changed(): void {
    if (this.#isOver) return
    if (this.#provider.synced) this.told.ready()
    const unproven = !this.#provider.kept || this.#waiting.length > 0
    const { booth, you } = this.rows.now
    this.told.status(statusOf({
      here: this.#provider.here, awayFor: this.#lost.of(!this.#provider.here), unprovenFor: this.#unproven.of(unproven),
      device: this.#keepsHere, mayEdit: you.may_edit, ended: booth.state === "ended",
    }))
  }

  get #keepsHere(): boolean {
    return this.#device && this.#persistence?.synced === true
  }

  /** No seat here any more: what was kept with us leaves this device; what was not stays, for the day one comes back. */
  #over(why: Over): void {
    if (this.#isOver) return
    this.#isOver = true
    const kept = this.#provider.kept && this.#waiting.length === 0
    this.stop()
    if (kept) void this.#persistence?.clearData()
    this.told.over(why)
  }

  /** The device is full: from now on nothing is kept here, and the page says so. */
  #full(event: PromiseRejectionEvent): void {
    if ((event.reason as { name?: string } | null)?.name !== "QuotaExceededError") return
    event.preventDefault()
    this.#device = false
    this.#changed()
  }

  /** Only where something would be lost for good is one asked to stay. */
  #leaving(event: BeforeUnloadEvent): void {
    const unproven = !this.#provider.kept || this.#waiting.length > 0
    if (unproven && !this.#keepsHere) event.preventDefault()
  }
}

/** Opens the place on this device where verbs of this booth wait. */
export function openShelf(code: string): Promise<Shelf> {
  return shelfFor(`${storeName(code)}:verbs`, OPENS_WITHIN)
}

function storeName(code: string): string {
  return `alongside-booth:${code}`
}

function mayEdit({ you, booth }: Table): boolean {
  return you.may_edit && booth.state === "open"
}

function partAfter({ path }: Verb): string | null {
  return path[0] === "steps" ? "steps" : path[0] === "lines" ? "lines" : path[0] === "files" ? "files" : null
}

function socketAddress(base: string): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}/sync?rows=1`
}

/** Runs where no other tab of this browser runs the same; where browsers cannot say, at once. */
function alone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  return "locks" in navigator ? (navigator.locks.request(name, work) as Promise<Result>) : work()
}
