// Where verbs lie on this device until the server has taken them: in IndexedDB, or only in memory where there is none.
import type { Id } from "../types"

/** One thing done to the rows. `once` makes it happen once, however often it is sent; `was` are the words it replaced. */
export interface Verb {
  once: string
  /** Who did it: others may sit at this device another day. */
  by: Id
  path: Id[]
  body: Record<string, unknown>
  at: number
  file?: File
  was?: string
}

export interface Shelf {
  /** Whether what lies here outlives the tab. */
  readonly lasts: boolean
  verbs(): Promise<Verb[]>
  put(verb: Verb): Promise<void>
  has(once: string): Promise<boolean>
  drop(once: string): Promise<void>
  /** The server's ids of rows that we named ourselves, by our names. */
  names(): Promise<Map<string, Id>>
  name(ours: string, theirs: Id): Promise<void>
}

export class MemoryShelf implements Shelf {
  readonly lasts = false
  readonly #verbs = new Map<string, Verb>()
  readonly #names = new Map<string, Id>()

  async verbs(): Promise<Verb[]> {
    return [...this.#verbs.values()]
  }

  async put(verb: Verb): Promise<void> {
    this.#verbs.set(verb.once, verb)
  }

  async has(once: string): Promise<boolean> {
    return this.#verbs.has(once)
  }

  async drop(once: string): Promise<void> {
    this.#verbs.delete(once)
  }

  async names(): Promise<Map<string, Id>> {
    return new Map(this.#names)
  }

  async name(ours: string, theirs: Id): Promise<void> {
    this.#names.set(ours, theirs)
  }
}

class DeviceShelf implements Shelf {
  readonly lasts = true

  private constructor(private readonly db: IDBDatabase) {}

  static async open(name: string): Promise<DeviceShelf> {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore("verbs", { autoIncrement: true }).createIndex("once", "once")
      request.result.createObjectStore("names")
    }
    return new DeviceShelf(await answered(request))
  }

  async verbs(): Promise<Verb[]> {
    return answered(this.#store("verbs").getAll() as IDBRequest<Verb[]>)
  }

  async put(verb: Verb): Promise<void> {
    await answered(this.#store("verbs", "readwrite").add(verb))
  }

  async has(once: string): Promise<boolean> {
    return (await answered(this.#store("verbs").index("once").count(once))) > 0
  }

  async drop(once: string): Promise<void> {
    const store = this.#store("verbs", "readwrite")
    const keys = await answered(store.index("once").getAllKeys(once))
    await Promise.all(keys.map((key) => answered(store.delete(key))))
  }

  async names(): Promise<Map<string, Id>> {
    const store = this.#store("names")
    const [keys, values] = await Promise.all([answered(store.getAllKeys()), answered(store.getAll() as IDBRequest<Id[]>)])
    return new Map(keys.map((key, at) => [String(key), values[at]!]))
  }

  async name(ours: string, theirs: Id): Promise<void> {
    await answered(this.#store("names", "readwrite").put(theirs, ours))
  }

  #store(name: string, mode: IDBTransactionMode = "readonly"): IDBObjectStore {
    return this.db.transaction(name, mode).objectStore(name)
  }
}

/** The shelf of this device; where the browser keeps nothing (a private window, a full disk), or does not say so within
    `patience` milliseconds, one in memory. */
export async function shelfFor(name: string, patience: number): Promise<Shelf> {
  const late = new Promise<Shelf>((resolve) => setTimeout(() => resolve(new MemoryShelf()), patience))
  return Promise.race([DeviceShelf.open(name).catch(() => new MemoryShelf()), late])
}

function answered<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
