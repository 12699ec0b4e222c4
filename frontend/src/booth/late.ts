// Parts that come once goal and steps can be used: when there is time, or when they come near the window.
import type { Around } from "./around"
import { make } from "./dom"
import type { Mounted } from "./types"

const NEAR = "600px"
const IDLE_AFTER = 5_000
const SAID_AFTER = 400

export interface LatePart {
  begin(): void
  destroy(): void
}

/** Mounts a part into `section` (its `.late-body`, where it has one) once it may begin: when it comes near the window, or
    when the line has been idle for a while, so that it is there also if the line goes. */
export function later(section: HTMLElement, around: Around, mount: (body: HTMLElement) => Promise<Mounted>): LatePart {
  return new Late(section, around, mount)
}

class Late implements LatePart {
  readonly #body: HTMLElement
  readonly #sight = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && void this.#load(), { rootMargin: NEAR })
  #mounted: Mounted | null = null
  #gone = false
  #idle: ReturnType<typeof setTimeout> | undefined
  #unwatch: () => void = () => undefined

  constructor(private readonly section: HTMLElement, private readonly around: Around, private readonly mount: (body: HTMLElement) => Promise<Mounted>) {
    this.#body = section.querySelector<HTMLElement>(".late-body") ?? section
  }

  begin(): void {
    this.#sight.observe(this.section)
    this.#idle = setTimeout(() => void this.#load(), IDLE_AFTER)
  }

  async #load(): Promise<void> {
    this.#sight.disconnect()
    clearTimeout(this.#idle)
    const waiting = setTimeout(() => this.#say("coming"), SAID_AFTER)
    try {
      await this.#mount()
      this.#follow()
    } catch (error) {
      this.#say("part_failed")
      reportError(error)
    } finally {
      clearTimeout(waiting)
    }
  }

  destroy(): void {
    this.#gone = true
    this.#unwatch()
    this.#sight.disconnect()
    clearTimeout(this.#idle)
    this.#mounted?.destroy()
  }

  async #mount(): Promise<void> {
    this.#mounted?.destroy()
    this.#mounted = null
    const made = await this.mount(this.#body)
    if (this.#gone) made.destroy()
    else this.#mounted = made
    this.section.hidden = this.#body.hidden
  }

  /** Parts are told at mounting whether they may be changed: when that changes, they are mounted anew. */
  #follow(): void {
    let mayEdit = this.around.mayEdit
    this.#unwatch = this.around.rows.watch(() => {
      if (mayEdit === this.around.mayEdit) return
      mayEdit = this.around.mayEdit
      void this.#mount()
    })
  }

  #say(key: string): void {
    this.#body.replaceChildren(make("p", { class: "quiet small" }, this.around.say(key)))
  }
}
