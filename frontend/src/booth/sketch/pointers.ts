// Small arrows with names, over the board: where the others point.
import { icon, make, sided, tell } from "../dom"
import type { Pointing } from "./company"
import type { Sight } from "./sight"

export class BoardPointers {
  readonly element = make("div", { class: "pointers", "aria-hidden": "true" })
  readonly #shown = new Map<number, HTMLElement>()
  #pointing = new Map<number, Pointing>()

  constructor(private readonly sight: Sight) {}

  show(pointing: Map<number, Pointing>): void {
    this.#pointing = pointing
    for (const [client, element] of this.#shown) {
      if (pointing.has(client)) continue
      element.remove()
      this.#shown.delete(client)
    }
    this.place()
  }

  /** Puts each where its place on the board is seen now. */
  place(): void {
    for (const [client, { name, side, x, y }] of this.#pointing) {
      const element = this.#shown.get(client) ?? make("span", { class: "pointer" }, icon("pointer"), make("span", { class: "pointer-name" }))
      if (!this.#shown.has(client)) this.element.append(element)
      this.#shown.set(client, element)
      tell(sided(element, side).lastElementChild!, name)
      const [left, top] = this.sight.seen(x, y)
      element.style.left = `${left}px`
      element.style.top = `${top}px`
    }
  }
}
