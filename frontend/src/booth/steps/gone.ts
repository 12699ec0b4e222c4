// Steps that were taken off lately, by whom and when; each can be put back, also after the page was loaded again.
import { type Around, nameOf } from "../around"
import { button, make } from "../dom"
import type { GoneStep, Table } from "../types"

export class Gone {
  readonly element = make("details", { class: "taken-off" })
  #shown = ""

  constructor(private readonly around: Around) {}

  show({ taken_off, steps, participants }: Table): void {
    const { say, mayEdit } = this.around
    const gone = taken_off.filter(({ id }) => steps.every((step) => step.id !== id))
    this.element.hidden = gone.length === 0 || !mayEdit
    const shown = JSON.stringify([gone, participants])
    if (this.element.hidden || shown === this.#shown) return
    this.#shown = shown
    this.element.replaceChildren(make("summary", {}, say("taken_off", { count: String(gone.length) })), make("ul", {}, ...gone.map((step) => this.#row(step))))
  }

  #row({ id, words, by, at }: GoneStep): HTMLElement {
    const { say, times } = this.around
    const told = make("span", { class: "tiny" }, say("by_when", { name: nameOf(this.around, by), when: times.since(at) }))
    told.title = times.full(at)
    const back = button(say("put_back"), () => this.around.act(["steps", id], { removed: false }), { icon: "undo" })
    return make("li", { class: "between" }, make("span", { class: "quiet" }, words, " ", told), back)
  }
}
