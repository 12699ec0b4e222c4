// One EventSource for the whole page: who listens to what, and what to do when the line was cut.
import { Mark } from "./mark"

type Hear = (topic: string | null) => void

const SILENCE = 20_000 // a line may have been dead for so long before that is noticed
const HIDDEN_FOR = 20_000
const HIDDEN_WITHOUT_LOCKS = 300_000

class Hub {
  #listeners = new Map<Hear, Set<string>>()
  #source: EventSource | null = null
  #open = ""
  #timer: ReturnType<typeof setTimeout> | undefined
  #asleep: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #lost = ""
  #watchman = false
  #mark = new Mark()

  constructor() {
    this.#mark.read(markOfPage())
    let restored = false
    addEventListener("turbo:visit", (event) => {
      restored = (event as CustomEvent<{ action: string }>).detail.action === "restore"
    })
    addEventListener("turbo:load", () => {
      this.#mark.read(markOfPage())
      if (restored) this.#tell(null)
      restored = false
    })
    addEventListener("pageshow", (event) => event.persisted && this.#tell(null))
    addEventListener("pagehide", () => this.#close())
    addEventListener("online", () => this.#reopen())
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#doze() : this.#wake()))
    this.#standWatch()
  }

  /** Hears hints on `topics` until the returned function is called. `null` means: ask for everything. */
  join(topics: string[], hear: Hear): () => void {
    this.#listeners.set(hear, new Set(topics))
    this.#settle()
    return () => {
      this.#listeners.delete(hear)
      this.#settle()
    }
  }

  #settle(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#follow(), 30)
  }

  #follow(): void {
    const topics = [...new Set([...this.#listeners.values()].flatMap((set) => [...set]))].sort().join(",")
    if (topics === this.#open && this.#source?.readyState !== EventSource.CLOSED) return
    const since = this.#lost || (this.#open ? this.#mark.now() : this.#mark.start())
    this.#open = topics
    const old = this.#source
    this.#source = null
    if (topics) this.#connect(topics, since, old)
    else old?.close()
  }

  #connect(topics: string, since: string, old: EventSource | null): void {
    const query = new URLSearchParams({ topics, ...(since ? { since } : {}) })
    const source = new EventSource(`/live?${query}`)
    this.#source = source
    const closeOld = () => old?.close()
    setTimeout(closeOld, 5000)
    source.onopen = () => {
      closeOld()
      this.#failures = 0
      this.#lost = ""
    }
    source.onmessage = (event: MessageEvent<string>) => this.#hint(event.data)
    source.addEventListener("resync", () => this.#tell(null))
    source.onerror = () => {
      this.#lost ||= this.#mark.now(SILENCE)
      if (source.readyState === EventSource.CLOSED && source === this.#source) this.#later()
    }
  }

  #hint(data: string): void {
    const hint = JSON.parse(data) as { topic?: string }
    if (hint.topic) this.#tell(hint.topic)
  }

  #tell(topic: string | null): void {
    for (const [hear, topics] of [...this.#listeners]) if (topic === null || topics.has(topic)) hear(topic)
  }

  /** The server said no or was away: try again, ever more slowly, with a little chance so that not all come at once. */
  #later(): void {
    this.#failures += 1
    const wait = Math.min(60_000, 1000 * 2 ** this.#failures) * (0.7 + Math.random() * 0.6)
    setTimeout(() => this.#reopen(), wait)
  }

  #reopen(): void {
    if (this.#source && this.#source.readyState !== EventSource.CLOSED) return
    this.#settle()
  }

  #close(): void {
    this.#lost ||= this.#mark.now()
    this.#source?.close()
  }

  /** A browser gives one house six lines: hidden tabs let go of theirs, but for the one that stands watch. */
  #doze(): void {
    const wait = "locks" in navigator ? HIDDEN_FOR : HIDDEN_WITHOUT_LOCKS
    this.#asleep = setTimeout(() => !this.#watchman && this.#close(), wait)
  }

  #wake(): void {
    clearTimeout(this.#asleep)
    this.#reopen()
  }

  #standWatch(): void {
    if (!("locks" in navigator)) return
    void navigator.locks.request("alongside-watch", () => {
      this.#watchman = true
      if (document.hidden) this.#reopen()
      return new Promise<void>(() => undefined)
    })
  }
}

function markOfPage(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="live-since"]')?.content ?? ""
}

export const hub = new Hub()
