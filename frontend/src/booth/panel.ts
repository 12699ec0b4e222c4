// What opens below the head of the page, in place, one at a time: who sits here, the ending, earlier versions.
import { button, make } from "./dom"
import type { Say } from "./types"

export interface Panel {
  readonly title: string
  readonly element: HTMLElement
  /** Called each time it is opened and closed. */
  opened?(): void
  closed?(): void
}

export class Panels {
  readonly element = make("section", { class: "booth-panel", hidden: "", tabindex: "-1" })
  #open: Panel | null = null
  #opener: HTMLElement | null = null

  constructor(private readonly say: Say) {
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.close())
  }

  /** Opens a panel, or closes it where it stands open. `opener` says whether it does, and gets the focus back. */
  toggle(panel: Panel, opener: HTMLElement): void {
    if (this.#open === panel) return this.close()
    this.close()
    this.#open = panel
    this.#opener = opener
    opener.setAttribute("aria-expanded", "true")
    const heading = make("h2", { id: "panel-heading" }, panel.title)
    const close = button("", () => this.close(), { icon: "close", class: "button plain", label: this.say("close") })
    this.element.setAttribute("aria-labelledby", "panel-heading")
    this.element.replaceChildren(make("div", { class: "head" }, heading, close), panel.element)
    this.element.hidden = false
    panel.opened?.()
    this.element.focus()
    this.element.scrollIntoView({ block: "nearest" })
  }

  close(): void {
    if (!this.#open) return
    const panel = this.#open
    this.#open = null
    this.element.hidden = true
    this.element.replaceChildren()
    this.#opener?.setAttribute("aria-expanded", "false")
    panel.closed?.()
    this.#opener?.focus()
  }
}
