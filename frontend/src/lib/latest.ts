// Which answer counts: only that to the words that stand in the field now; and an Enter that waits for it.

export class Latest {
  #shown: string | null
  #now: string
  #waiting: string | null = null

  /** `shown` are the words whose answer the page came with. */
  constructor(shown = "") {
    this.#shown = shown
    this.#now = shown
  }

  /** The field changed: an Enter that waited for other words is forgotten. */
  typed(words: string): void {
    this.#now = words
    if (this.#waiting !== words) this.#waiting = null
  }

  /** True when the answer to these words is shown already; else the Enter waits for it. */
  enter(words: string): boolean {
    this.#now = words
    if (this.#shown === words) return true
    this.#waiting = words
    return false
  }

  /** Whether an answer to `words` may still be shown. */
  current(words: string): boolean {
    return this.#now === words
  }

  /** The answer to `words` is shown; true when an Enter waited for just this. */
  answered(words: string): boolean {
    this.#shown = words
    const waited = this.#waiting === words
    this.#waiting = null
    return waited
  }

  /** No answer came: an Enter does not wait for ever. */
  failed(): void {
    this.#waiting = null
    this.#shown = null
  }
}
