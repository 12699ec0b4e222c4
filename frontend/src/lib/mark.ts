// Where in the stream of hints this page stands: the server's mark, moved on by the time since it was read.

export class Mark {
  #milliseconds = 0
  #process = ""
  #readAt = 0

  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** Takes a mark as the server writes it, "1700000000000-ab12"; anything else means "from now". */
  read(mark: string): void {
    const [milliseconds, process] = mark.split("-", 2)
    this.#milliseconds = Number(milliseconds) || 0
    this.#process = process ?? ""
    this.#readAt = this.clock()
  }

  /** The mark of this moment, or of `ago` milliseconds before it, by the server's clock, a little early rather than late; empty when none was read. */
  now(ago = 0): string {
    if (!this.#milliseconds || !this.#process) return ""
    return `${Math.floor(this.#milliseconds + this.clock() - this.#readAt - ago)}-${this.#process}`
  }

  /** The mark as it was read. */
  start(): string {
    return this.#milliseconds ? `${this.#milliseconds}-${this.#process}` : ""
  }
}
