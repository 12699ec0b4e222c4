// Keeping a draft: on this device at once, on the server soon, one request at a time, no other tab's words lost.

export interface Draft {
  body: string
  to: string
  cc: string
  bcc: string
  subject: string
  kind: string
  files: string[]
  revision: number
}

export interface Theirs extends Partial<Draft> {
  revision: number
  by?: string
}

export type Answer = { kept: number } | { conflict: Theirs } | { failed: true } | { signedOut: true } | { tooLarge: true }

export type State = "idle" | "waiting" | "saving" | "failed" | "signed-out" | "too-large" | "conflict"

export interface Wires {
  /** Sends a draft; never rejects. `leaving` asks for a request that outlives the page. */
  send(draft: Draft, leaving: boolean): Promise<Answer>
  /** Keeps a copy on this device until it is acknowledged, with what was handed over unanswered; null lets it go. */
  store(draft: Draft | null, sent: Draft[]): void
  told(state: State, theirs?: Theirs): void
}

export class DraftKeeper {
  #timer: ReturnType<typeof setTimeout> | undefined
  #flight: Promise<void> | null = null
  #next: Draft | null = null
  #sent: Draft[] = [] // handed to the server and not answered: should they stand there, they are ours
  #conflict: Theirs | null = null
  #tooLarge: Draft | null = null // refused for its size: not sent again as it is
  #attempts = 0
  #closed = false
  #paused = false

  constructor(private readonly wires: Wires, public revision: number, private readonly delay = 600) {}

  get isClosed(): boolean {
    return this.#closed
  }

  get inConflict(): boolean {
    return this.#conflict !== null
  }

  /** Takes the newest words. They lie on this device before this returns. */
  change(draft: Draft): void {
    if (this.#closed) return
    this.#next = { ...draft, revision: this.revision }
    this.#store()
    if (this.#conflict) return
    this.wires.told("waiting")
    this.#schedule(this.delay)
  }

  /** Words from before a reload or a crash go on. Where another window's stand since (`theirs`), the reader chooses. */
  restore(mine: Draft, sent: Draft[], theirs: Theirs): void {
    this.#sent = sent
    if (mine.revision >= this.revision || isBlank(theirs) || this.#isOurs(theirs)) return this.change(mine)
    this.revision = mine.revision
    this.#next = mine
    this.#store()
    this.#clash(theirs)
  }

  /** Starts no further request, and resolves when none is under way: the letter itself is about to be sent. */
  async settle(): Promise<void> {
    this.#paused = true
    clearTimeout(this.#timer)
    if (this.#flight) await this.#flight
  }

  /** What waits goes out now; resolves when it was answered, whatever the answer. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#flight) await this.#flight
    if (!this.#paused) await this.#start()
  }

  /** The letter was not sent after all: its words are kept again. */
  resume(): void {
    this.#paused = false
    if (this.#next) this.#schedule(this.delay)
  }

  /** What failed is tried at once: the reader is back, and may have signed in elsewhere. */
  again(): void {
    if (this.#attempts && this.#next && !this.#closed && !this.#conflict) this.#schedule(0)
  }

  /** The page is left: one last request, without waiting for the one under way. */
  leave(): void {
    clearTimeout(this.#timer)
    if (!this.#next || this.#next === this.#tooLarge || this.#conflict || this.#closed || this.#paused) return
    void this.wires.send(this.#handOver(this.#next), true)
  }

  /** Sent, or thrown away: nothing is kept any more. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#next = null
    this.#sent = []
    this.#store()
  }

  /** A new letter begins where the last one was sent. */
  reopen(revision: number): void {
    this.#closed = this.#paused = false
    this.#conflict = null
    this.revision = revision
  }

  /** The reader chose which words go on; they are kept over the other tab's. */
  resolve(draft: Draft): void {
    if (this.#conflict) this.revision = this.#conflict.revision
    this.#conflict = null
    this.change(draft)
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer)
    if (!this.#paused) this.#timer = setTimeout(() => void this.#start(), wait)
  }

  async #start(): Promise<void> {
    if (this.#flight || !this.#next || this.#next === this.#tooLarge || this.#closed || this.#conflict) return
    this.#flight = this.#send(this.#handOver(this.#next))
    await this.#flight
  }

  async #send(draft: Draft): Promise<void> {
    const sent = this.#next
    this.wires.told("saving")
    const answer = await this.wires.send(draft, false)
    this.#flight = null
    if (this.#closed) return
    if ("kept" in answer) this.#kept(answer.kept, sent)
    else if ("conflict" in answer) this.#stop(answer.conflict, draft, sent)
    else if ("tooLarge" in answer) this.#refused(sent)
    else this.#retry("signedOut" in answer ? "signed-out" : "failed")
  }

  #kept(revision: number, sent: Draft | null): void {
    this.#attempts = 0
    this.#sent = []
    this.revision = revision
    if (this.#next === sent) this.#next = null
    this.#store()
    if (this.#next) this.#schedule(this.delay)
    else this.wires.told("idle")
  }

  #stop(theirs: Theirs, mine: Draft, sent: Draft | null): void {
    if (same(theirs, mine)) return this.#kept(theirs.revision, sent)
    if (!this.#isOurs(theirs)) return this.#clash(theirs)
    this.revision = theirs.revision
    this.#schedule(0)
  }

  #clash(theirs: Theirs): void {
    this.#conflict = theirs
    this.wires.told("conflict", theirs)
  }

  /** What goes to the server now. Its answer may never come, so these words are remembered as ours until one does. */
  #handOver(draft: Draft): Draft {
    const sent = { ...draft, revision: this.revision }
    this.#sent = [...this.#sent.filter((each) => !same(each, sent)), sent].slice(-3)
    this.#store()
    return sent
  }

  #isOurs(theirs: Theirs): boolean {
    return this.#sent.some((each) => same(theirs, each))
  }

  #store(): void {
    this.wires.store(this.#next, this.#sent)
  }

  /** Nothing more goes out until the words are others. */
  #refused(sent: Draft | null): void {
    this.#tooLarge = sent
    this.#sent = []
    this.#store()
    if (this.#next === sent) this.wires.told("too-large")
    else this.#schedule(this.delay)
  }

  #retry(state: "failed" | "signed-out"): void {
    this.#attempts += 1
    this.wires.told(state)
    this.#schedule(Math.min(30_000, 1000 * 2 ** this.#attempts))
  }
}

/** Whether two drafts say the same, whoever wrote them. */
export function same(theirs: Partial<Draft>, mine: Draft): boolean {
  const words = ["body", "to", "cc", "bcc", "subject"] as const
  return words.every((word) => (theirs[word] ?? "").trim() === mine[word].trim())
}

function isBlank(theirs: Theirs): boolean {
  return !theirs.body?.trim()
}
