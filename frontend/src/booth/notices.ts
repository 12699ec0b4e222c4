// Lines below the head of the page that say what happened and offer what to do.
import { button, icon, make } from "./dom"
import type { PATHS } from "./icons"
import type { Say } from "./types"

export interface Notice {
  words: string
  kind?: "due" | "broken" | "kind"
  icon?: keyof typeof PATHS
  /** Words of the reader's that would be lost otherwise: shown, so that they can be copied. */
  kept?: string
  acts?: { words: string; act: () => void }[]
  /** It goes by itself after so many milliseconds, unless somebody is at it. */
  lasts?: number
}

export class Notices {
  readonly element = make("div", { class: "booth-notices", role: "status" })
  readonly #standing = new Map<string, HTMLElement>()

  constructor(private readonly say: Say) {}

  /** Shows a notice; one with the same key takes the place of the one before. */
  show(key: string, notice: Notice): void {
    const shown = this.#draw(key, notice)
    const before = this.#standing.get(key)
    if (before) before.replaceWith(shown)
    else this.element.append(shown)
    this.#standing.set(key, shown)
    if (notice.lasts) this.#fade(key, shown, notice.lasts)
  }

  drop(key: string): void {
    this.#standing.get(key)?.remove()
    this.#standing.delete(key)
  }

  #draw(key: string, { words, kind = "due", icon: name = "warning", kept, acts = [] }: Notice): HTMLElement {
    const body = make("div", {}, make("p", {}, words))
    if (kept) body.append(make("blockquote", { class: "voice" }, kept))
    const close = button("", () => this.drop(key), { icon: "close", class: "button plain", label: this.say("close") })
    const tools = make("div", { class: "cluster" })
    for (const { words: label, act } of acts) {
      tools.append(button(label, () => {
        this.drop(key)
        act()
      }))
    }
    if (acts.length) body.append(tools)
    return make("div", { class: "notice", "data-kind": kind }, icon(name), body, close)
  }

  #fade(key: string, shown: HTMLElement, after: number): void {
    setTimeout(() => {
      if (this.#standing.get(key) !== shown) return
      if (shown.matches(":hover, :focus-within")) this.#fade(key, shown, after)
      else this.drop(key)
    }, after)
  }
}
