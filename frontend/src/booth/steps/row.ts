// One step as a row: tick, words, who and when, whose, and the grip that moves it.
import { type Around, nameOf } from "../around"
import { icon, make, tell, time } from "../dom"
import type { Step } from "../types"
import { Editing, type StepActs } from "./editing"
import { reminded } from "./remind"
import { whoseMark } from "./whose"

export class StepRow {
  readonly element = make("li", { class: "step" })
  readonly #tick = make("input", { class: "tick", type: "checkbox" })
  readonly #words = make("button", { type: "button", class: "step-words", "aria-expanded": "false" })
  readonly #by = make("span", { class: "by" })
  readonly #who = make("span", { class: "step-who" })
  readonly #grip = make("button", { type: "button", class: "grip" }, icon("grip"))
  #editing: Editing | null = null
  #step: Step
  #shown = ""

  constructor(private readonly around: Around, step: Step, private readonly acts: Omit<StepActs, "close"> & { key(event: KeyboardEvent): void }) {
    this.#step = step
    this.element.append(this.#tick, make("div", { class: "text" }, this.#words, this.#by), this.#who, this.#grip)
    this.#tick.addEventListener("change", () => this.#ticked())
    this.#words.addEventListener("click", () => (this.#editing ? this.#close() : this.#open()))
    this.#grip.addEventListener("keydown", (event) => this.acts.key(event))
    this.show(step)
  }

  get id(): Step["id"] {
    return this.#step.id
  }

  show(step: Step): void {
    this.#step = step
    this.#editing?.show(step)
    const { mayEdit, rows } = this.around
    const shown = JSON.stringify([step, mayEdit, rows.now.participants, new Date().getDate()])
    if (shown === this.#shown) return
    this.#shown = shown
    this.#draw(step, mayEdit)
  }

  #draw(step: Step, mayEdit: boolean): void {
    const { say } = this.around
    this.element.dataset.id = String(step.id)
    this.#tick.checked = step.done_at !== null
    this.#tick.disabled = this.#words.disabled = !mayEdit
    this.#tick.setAttribute("aria-label", step.words)
    tell(this.#words, step.words)
    this.#grip.hidden = !mayEdit
    this.#grip.setAttribute("aria-label", say("step_move", { words: step.words }))
    this.#grip.title = say("step_move_hint")
    this.#who.replaceChildren(...whoseMark(this.around, step.whose))
    this.#by.replaceChildren(...this.#told(step))
    if (!mayEdit) this.#close()
  }

  /** Who did it and when; before that, by when, and who wrote it. */
  #told(step: Step): (Node | string)[] {
    const { say, times } = this.around
    if (step.done_at) {
      const when = time(step.done_at, times.since(step.done_at), times.full(step.done_at))
      return filled(say("by_when"), { name: nameOf(this.around, step.done_by), when })
    }
    const told: (Node | string)[] = []
    if (step.reminder?.said_at) told.push(reminded(say, step), " ")
    if (step.promise) told.push(icon("promise", true), say("promised"), " ")
    if (step.due_at) {
      const when = time(step.due_at, times.due(step.due_at, step.whole_day), times.full(step.due_at))
      told.push(...filled(say("due_by"), { when }))
    } else if (step.made_by !== null) told.push(say("from", { name: nameOf(this.around, step.made_by) }))
    return told
  }

  #ticked(): void {
    this.around.act(["steps", this.#step.id], { done: this.#tick.checked })
  }

  #open(): void {
    this.#editing = new Editing(this.around, this.#step, { ...this.acts, close: () => this.#close(true) })
    this.element.append(this.#editing.element)
    this.#words.setAttribute("aria-expanded", "true")
    this.#editing.focus()
  }

  #close(focus = false): void {
    if (!this.#editing) return
    this.#editing.element.remove()
    this.#editing = null
    this.#words.setAttribute("aria-expanded", "false")
    if (focus) this.#words.focus()
  }
}

/** A text whose places are filled with elements. */
function filled(text: string, places: Record<string, Node | string>): (Node | string)[] {
  return text.split(/(\{\w+\})/).filter(Boolean).map((part) => places[part.slice(1, -1)] ?? part)
}
