// The line to the server: what is typed and drawn goes over it, and comes back from the others.
import { applyAwarenessUpdate, type Awareness, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness"
import * as Y from "yjs"

import { Proof } from "./proof"
import { answering, asking, askingWho, beingPresent, changing, type Heard, heard } from "./wire"

const OPENS_WITHIN = 10_000
const BEAT = 10_000
const QUIET = 60_000 // after so long without a word we ask whether anybody is there
const ANSWERS_WITHIN = 8_000
const LONGEST = 30_000
const TOO_MUCH = 4409
const ASK_AFTER = 400
const BYTES_PER_MS = 20 // long answers are asked for more rarely, so that proofs never fill the line

export type Over = "no seat" | "no booth"
const OVER = new Map<number, Over>([[4401, "no seat"], [4404, "no booth"]])

export interface Told {
  /** The line came, went, or what is kept changed. */
  changed(): void
  /** Rows of this part changed; null: any may have. */
  rows(part: string | null): void
  refused(words: string): void
  /** More came from here than the server takes at once, and it did not say so in words. */
  tooMuch(): void
  /** An attempt failed; it is tried again. */
  failed(): void
  over(why: Over): void
}

type Updated = { added: number[]; updated: number[]; removed: number[] }

export class Provider {
  readonly proof = new Proof()
  /** The line stands and both sides know what the other has. */
  here = false
  /** What the server had was taken in, at least once. */
  synced = false
  #mayEdit: boolean
  #socket: WebSocket | null = null
  #failures = 0
  #heardAt = 0
  #beatAt = 0
  #unsent = false
  #wasRefused = false
  #answerBytes = 0
  #held: Extract<Heard, { update: Uint8Array }>[] | null = null
  #asks = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #proving: ReturnType<typeof setTimeout> | undefined
  #deadline: ReturnType<typeof setTimeout> | undefined
  #beat: ReturnType<typeof setInterval> | undefined

  constructor(
    private readonly url: string,
    private readonly doc: Y.Doc,
    private readonly awareness: Awareness,
    private readonly told: Told,
    mayEdit: boolean,
    private readonly Socket: new (url: string) => WebSocket = WebSocket,
  ) {
    this.#mayEdit = mayEdit
    doc.on("update", this.#changedHere)
    awareness.on("update", this.#presentHere)
  }

  /** Whether everything that was done here is proved to be kept with us. */
  get kept(): boolean {
    return !this.#unsent && this.proof.whole
  }

  start(): void {
    this.#beatAt = Date.now()
    this.#beat = setInterval(() => this.#listenForLife(), BEAT)
    this.#open()
  }

  stop(): void {
    clearInterval(this.#beat)
    clearTimeout(this.#retry)
    clearTimeout(this.#proving)
    this.doc.off("update", this.#changedHere)
    this.awareness.off("update", this.#presentHere)
    this.#drop()
  }

  /** The device woke, or the network came back: do not wait any longer, and do not believe a line that may be dead. */
  wake(): void {
    this.#failures = 0
    if (this.#socket?.readyState === 1) this.#probe()
    else if (this.#retry) this.#open()
  }

  /** Whether changes go over. What was made meanwhile goes as soon as they may. */
  allow(mayEdit: boolean): void {
    if (mayEdit === this.#mayEdit) return
    this.#mayEdit = mayEdit
    if (this.#socket) this.#lost()
  }

  /** Lets what others change wait, or takes in what waited. What is changed here goes over all the same. */
  hold(yes: boolean): void {
    const held = this.#held ?? []
    this.#held = yes ? held : null
    if (!yes) for (const said of held) this.#take(said)
  }

  #open(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    const socket = new this.Socket(this.url)
    socket.binaryType = "arraybuffer"
    this.#socket = socket
    this.#expectWithin(OPENS_WITHIN)
    socket.onopen = () => {
      this.#expectNothing()
      this.#greet()
    }
    socket.onmessage = (event: MessageEvent<ArrayBuffer | string>) => {
      if (socket === this.#socket && typeof event.data !== "string") this.#hear(new Uint8Array(event.data))
    }
    socket.onclose = (event) => socket === this.#socket && this.#closed(event.code)
  }

  #greet(): void {
    this.#heardAt = Date.now()
    this.#wasRefused = false
    this.#ask(Y.encodeStateVector(this.doc))
    this.#send(askingWho())
    if (this.awareness.getLocalState()) this.#send(beingPresent(encodeAwarenessUpdate(this.awareness, [this.doc.clientID])))
  }

  #hear(data: Uint8Array): void {
    this.#heardAt = Date.now()
    this.#expectNothing()
    const said = heard(data)
    if (said.kind === "asked") this.#answer(said.state)
    else if (said.kind === "answered" || said.kind === "changed") this.#takeSoon(said)
    else if (said.kind === "present") applyAwarenessUpdate(this.awareness, said.update, this)
    else if (said.kind === "who") this.#send(beingPresent(encodeAwarenessUpdate(this.awareness, [this.doc.clientID])))
    else if (said.kind === "rows") this.told.rows(said.part)
    else if (said.kind === "refused") this.#refused(said.words)
  }

  /** The server said what it has: it gets the rest, also what was made while the line was down. */
  #answer(state: Uint8Array): void {
    this.proof.counted(state)
    if (this.#mayEdit) {
      const update = Y.encodeStateAsUpdate(this.doc, state)
      this.proof.sent(update)
      this.#send(answering(update))
    }
    this.#unsent = !this.#mayEdit && exceeds(Y.decodeStateVector(Y.encodeStateVector(this.doc)), Y.decodeStateVector(state))
    const again = this.here
    this.here = true
    this.#failures = 0
    this.#proveSoon()
    if (!again) this.told.rows(null)
    this.told.changed()
  }

  #takeSoon(said: Extract<Heard, { update: Uint8Array }>): void {
    if (this.#held && this.synced) this.#held.push(said)
    else this.#take(said)
  }

  #take(said: Extract<Heard, { update: Uint8Array }>): void {
    const first = said.kind === "answered" && !this.synced
    const waited = !this.proof.whole
    Y.applyUpdate(this.doc, said.update, this)
    if (waited) this.proof.came(said.update)
    if (this.proof.whole) this.#asks = 0
    if (said.kind === "answered") {
      this.#answerBytes = first ? 0 : said.update.length
      this.synced = true
    }
    if (first || waited) this.told.changed()
  }

  #refused(words: string): void {
    this.#wasRefused = true
    this.told.refused(words)
  }

  readonly #changedHere = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return
    if (this.here && this.#mayEdit) {
      this.proof.sent(update)
      this.#send(changing(update))
      this.#proveSoon()
    } else this.#unsent = true
    this.told.changed()
  }

  readonly #presentHere = ({ added, updated, removed }: Updated, origin: unknown): void => {
    if (origin === this || this.#socket?.readyState !== 1) return
    const own = [...added, ...updated, ...removed].filter((client) => client === this.doc.clientID)
    if (own.length) this.#send(beingPresent(encodeAwarenessUpdate(this.awareness, own)))
  }

  /** Asks for what is not proved yet: after a little while, then more slowly, and never faster than answers are small. */
  #proveSoon(): void {
    if (this.#proving || this.proof.whole || !this.here) return
    this.#proving = setTimeout(() => {
      this.#proving = undefined
      this.#asks += 1
      if (this.here && !this.proof.whole) this.#ask(this.proof.question(this.doc))
      this.#proveSoon()
    }, Math.max(ASK_AFTER * 2 ** Math.min(this.#asks, 3), this.#answerBytes / BYTES_PER_MS))
  }

  #listenForLife(): void {
    const now = Date.now()
    const slept = now - this.#beatAt > 3 * BEAT
    this.#beatAt = now
    if (this.#socket?.readyState === 1 && (slept || now - this.#heardAt > QUIET)) this.#probe()
  }

  #probe(): void {
    this.#ask(Y.encodeStateVector(this.doc))
  }

  /** A question that is always answered; without an answer the line is dead. */
  #ask(state: Uint8Array): void {
    this.#expectWithin(ANSWERS_WITHIN)
    this.#send(asking(state))
  }

  /** Unless something is heard until then, the line is dead. */
  #expectWithin(wait: number): void {
    this.#deadline ??= setTimeout(() => this.#lost(), wait)
  }

  #expectNothing(): void {
    clearTimeout(this.#deadline)
    this.#deadline = undefined
  }

  #closed(code: number): void {
    const over = OVER.get(code)
    if (code === TOO_MUCH) {
      this.#failures += 3
      if (!this.#wasRefused) this.told.tooMuch()
    }
    this.#lost(over === undefined)
    if (over === undefined) return
    this.stop()
    this.told.over(over)
  }

  #lost(again = true): void {
    this.#drop()
    if (again) {
      clearTimeout(this.#retry)
      this.#retry = setTimeout(() => this.#open(), waitBefore(this.#failures++))
      this.told.failed()
    }
    this.told.changed()
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = null
    this.here = false
    this.#expectNothing()
    const others = [...this.awareness.getStates().keys()].filter((client) => client !== this.doc.clientID)
    removeAwarenessStates(this.awareness, others, this)
    socket?.close()
  }

  #send(message: Uint8Array): void {
    if (this.#socket?.readyState === 1) this.#socket.send(message as Uint8Array<ArrayBuffer>)
  }
}

/** Whether one state holds more than the other. */
function exceeds(ours: Map<number, number>, theirs: Map<number, number>): boolean {
  return [...ours].some(([client, clock]) => clock > (theirs.get(client) ?? 0))
}

/** Milliseconds before the next attempt: ever longer, and never all at once after a server came back. */
export function waitBefore(failures: number, chance = Math.random()): number {
  return Math.min(LONGEST, 500 * 2 ** Math.min(failures, 10)) * (0.7 + chance * 0.6)
}
