// Which message the writer has seen: the newest one, once it stood in sight of a focused window for a while.

const LONG_ENOUGH = 1500

export class Seen {
  value = ""
  #timer: ReturnType<typeof setTimeout> | undefined
  #away = new AbortController()

  /** `selector` names the region that carries `data-newest`; `changed` is called when this falls behind or catches up. */
  constructor(private readonly selector: string, private readonly changed: () => void) {
    this.value = this.#now()
    const { signal } = this.#away
    addEventListener("live:changed", () => this.#look(), { signal })
    addEventListener("focus", () => this.#look(), { signal })
    document.addEventListener("scroll", () => this.behind && this.#look(), { signal, capture: true, passive: true })
  }

  get behind(): boolean {
    return this.value !== this.#now()
  }

  newest(): Element | null {
    return this.#region()?.lastElementChild ?? null
  }

  mark(): void {
    this.value = this.#now()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#away.abort()
  }

  #look(): void {
    this.changed()
    clearTimeout(this.#timer)
    if (!this.behind) return
    this.#timer = setTimeout(() => {
      if (!document.hasFocus() || !this.#inSight()) return
      this.mark()
      this.changed()
    }, LONG_ENOUGH)
  }

  #inSight(): boolean {
    const box = this.newest()?.getBoundingClientRect()
    return Boolean(box && box.height > 0 && box.top < innerHeight && box.bottom > 0)
  }

  #now(): string {
    return this.#region()?.dataset.newest ?? ""
  }

  #region(): HTMLElement | null {
    return this.selector ? document.querySelector<HTMLElement>(this.selector) : null
  }
}
