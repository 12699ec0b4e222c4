// Many calls close together become one run; a call during a run becomes one more run after it.

export class Soon {
  #timer: ReturnType<typeof setTimeout> | undefined
  #running = false
  #again = false
  #stopped = false

  constructor(private readonly run: () => Promise<void> | void, private readonly delay = 40) {}

  call(): void {
    if (this.#stopped) return
    if (this.#running) this.#again = true
    else this.#timer ??= setTimeout(() => void this.#start(), this.delay)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  async #start(): Promise<void> {
    this.#timer = undefined
    this.#running = true
    try {
      await this.run()
    } finally {
      this.#running = false
      if (this.#again) {
        this.#again = false
        this.call()
      }
    }
  }
}
