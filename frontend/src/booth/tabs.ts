// Where there is room for one part only: which of them is shown.
import { icon, make, tell } from "./dom"
import type { PATHS } from "./icons"
import type { Pane, Say } from "./types"

export type Tab = "steps" | "notes" | "sketch" | "talk"
const TABS: [Tab, keyof typeof PATHS][] = [["steps", "tasks"], ["notes", "list"], ["sketch", "write"], ["talk", "chat"]]

export class Tabs {
  readonly element: HTMLElement
  readonly #buttons = new Map<Tab, HTMLButtonElement>()
  readonly #count = make("span", { class: "count", "aria-hidden": "true", hidden: "" })
  readonly #heard = make("span", { class: "unseen" })
  #seen = -1
  #lines = 0

  constructor(private readonly root: HTMLElement, private readonly say: Say) {
    this.element = make("nav", { class: "booth-tabs", "aria-label": say("tabs") })
    for (const [tab, name] of TABS) this.element.append(this.#button(tab, name))
    this.show("steps")
  }

  show(tab: Tab): void {
    this.root.dataset.shown = tab
    for (const [each, made] of this.#buttons) made.setAttribute("aria-current", String(each === tab))
    this.#tally()
  }

  showPane(pane: Pane): void {
    this.show(pane === "goal" ? "steps" : pane)
  }

  /** How many lines of talk there are; those that came while another part was shown are counted. */
  talked(lines: number): void {
    this.#lines = lines
    if (this.#seen < 0) this.#seen = lines
    this.#tally()
  }

  #tally(): void {
    const looks = this.root.dataset.shown === "talk" || getComputedStyle(this.element).display === "none"
    if (looks) this.#seen = this.#lines
    const unseen = Math.max(0, this.#lines - Math.max(0, this.#seen))
    this.#count.hidden = unseen === 0
    tell(this.#count, String(unseen))
    tell(this.#heard, unseen ? this.say("tab_talk_new", { count: String(unseen) }) : "")
  }

  #button(tab: Tab, name: keyof typeof PATHS): HTMLButtonElement {
    const made = make("button", { type: "button" }, icon(name), make("span", {}, this.say(`tab_${tab}`)))
    if (tab === "talk") made.append(this.#count, this.#heard)
    made.addEventListener("click", () => {
      this.show(tab)
      scrollTo({ top: 0 })
    })
    this.#buttons.set(tab, made)
    return made
  }
}
