// A next step: a button that becomes a line to write in, and stays one until one is done.
import type { Around } from "../around"
import { button, make } from "../dom"
import type { Whose } from "../types"
import { whoseTaps } from "./whose"

const MOST = "300"

export class Adding {
  readonly element = make("div", { class: "step-new" })
  readonly #open: HTMLButtonElement
  readonly #form: HTMLFormElement
  readonly #field: HTMLInputElement
  #whose: Whose = "together"

  constructor(private readonly around: Around) {
    const { say } = around
    this.#open = button(say("step_add"), () => this.#begin(), { icon: "plus" })
    this.#field = make("input", { class: "input", maxlength: MOST, "aria-label": say("step_words"), placeholder: say("step_words"), autocomplete: "off", enterkeyhint: "done" })
    this.#form = make("form", { class: "step-form" })
    this.#form.addEventListener("submit", (event) => this.#add(event))
    this.#form.addEventListener("keydown", (event) => event.key === "Escape" && this.#end())
    this.element.append(this.#open)
  }

  #begin(): void {
    const { say } = this.around
    const ends = button(say("close"), () => this.#end(), { class: "button plain" })
    const adds = make("button", { class: "button" }, say("step_put"))
    this.#form.replaceChildren(this.#field, whoseTaps(this.around, this.#whose, (whose) => (this.#whose = whose)), make("div", { class: "cluster" }, adds, ends))
    this.element.replaceChildren(this.#form)
    this.#field.focus()
  }

  #add(event: Event): void {
    event.preventDefault()
    const words = this.#field.value.trim()
    if (words) this.around.act(["steps"], { words, whose: this.#whose })
    this.#field.value = ""
    this.#field.focus()
  }

  #end(): void {
    this.element.replaceChildren(this.#open)
    this.#open.focus()
  }
}
