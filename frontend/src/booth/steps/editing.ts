// One step, opened in place: its words, whose it is, by when, where it stands, and taking it off.
import type { Around } from "../around"
import { button, field, make } from "../dom"
import { sayingWhose } from "../head"
import { moment } from "../times"
import type { Step, Whose } from "../types"
import { Reminding } from "./remind"
import { whoseTaps } from "./whose"

export interface StepActs {
  move(by: number): void
  look(): void
  close(): void
  remove(): void
}

export class Editing {
  readonly element = make("div", { class: "step-edit", role: "group" })
  readonly #words: HTMLTextAreaElement
  readonly #date = make("input", { type: "date", class: "input" })
  readonly #time = make("input", { type: "time", class: "input" })
  readonly #promise = make("span", { class: "cluster" })
  readonly #remind: Reminding
  #whose: HTMLFieldSetElement
  #step: Step
  #was: string

  constructor(private readonly around: Around, step: Step, private readonly acts: StepActs) {
    const { say } = around
    this.#step = step
    this.#was = step.words
    this.#remind = new Reminding(around)
    this.element.setAttribute("aria-label", say("step_change", { words: step.words }))
    this.#words = make("textarea", { class: "input area step-field", rows: "1", maxlength: "300" }, step.words)
    this.#whose = this.#taps()
    this.#listen()
    const close = button(say("close"), () => {
      this.save()
      acts.close()
    }, { class: "button plain push" })
    this.element.append(field(say("step_what"), this.#words), this.#whose, this.#due(), this.#tools(), make("div", { class: "step-end" }, this.#promise, this.#remind.element, close))
    this.show(step)
  }

  focus(): void {
    this.#words.focus()
    this.#words.setSelectionRange(this.#words.value.length, this.#words.value.length)
  }

  /** Takes over what changed elsewhere, but not over the words that somebody writes here. */
  show(step: Step): void {
    const before = this.#step
    this.#step = step
    if (this.#words.value === this.#was && step.words !== this.#was) this.#words.value = this.#was = step.words
    if (before.whose !== step.whose) {
      const fresh = this.#taps()
      this.#whose.replaceWith(fresh)
      this.#whose = fresh
    }
    const due = step.due_at ? this.around.times.fields(step.due_at) : { date: "", time: "" }
    if (document.activeElement !== this.#date) this.#date.value = due.date
    if (document.activeElement !== this.#time) this.#time.value = step.whole_day ? "" : due.time
    this.#showPromise()
  }

  /** Sends the words, if they changed. */
  save(): void {
    const words = this.#words.value.replace(/\s+/g, " ").trim()
    if (!words || words === this.#was) return
    const was = this.#was
    this.#was = words
    this.around.act(["steps", this.#step.id], { words }, { was })
  }

  #listen(): void {
    this.#words.addEventListener("blur", () => this.save())
    this.#words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return
      event.preventDefault()
      this.save()
      this.acts.close()
    })
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return
      event.stopPropagation()
      this.#words.value = this.#was
      this.acts.close()
    })
    for (const input of [this.#date, this.#time]) input.addEventListener("change", () => this.#setDue())
  }

  #taps(): HTMLFieldSetElement {
    return whoseTaps(this.around, this.#step.whose, (whose: Whose) => this.around.act(["steps", this.#step.id], { whose }))
  }

  #due(): HTMLElement {
    const { say } = this.around
    return make("div", { class: "step-due" }, field(say("due_day"), this.#date), field(say("due_time"), this.#time))
  }

  #setDue(): void {
    const due_at = this.#date.value ? moment(this.#date.value, this.#time.value) : null
    if (!this.#date.value) this.#time.value = ""
    this.around.act(["steps", this.#step.id], { due_at, whole_day: !this.#time.value })
  }

  #tools(): HTMLElement {
    const { say } = this.around
    return make("div", { class: "cluster" },
      button("", () => this.acts.move(-1), { icon: "up", label: say("move_up") }),
      button("", () => this.acts.move(1), { icon: "down", label: say("move_down") }),
      button(say("look_here"), () => this.acts.look(), { icon: "eye" }),
      button(say("take_off"), () => this.acts.remove(), { icon: "trash" }))
  }

  /** A step of ours can be promised; only those who serve can. */
  #showPromise(): void {
    const { rows, say } = this.around
    const { promise, whose, done_at, id } = this.#step
    this.#remind.show(this.#step)
    if (promise || !rows.now.you.is_member || whose !== "ours" || done_at) return this.#promise.replaceChildren()
    const { person } = rows.now.booth
    if (this.#promise.firstChild && this.#promise.dataset.to === `${person}`) return
    this.#promise.dataset.to = `${person}`
    const hint = make("p", { class: "tiny" }, say(person ? "promise_hint" : "promise_nobody"))
    const way = person ? button(say("promise_it"), () => this.around.act(["steps", id, "promise"]), { icon: "promise" }) : sayingWhose(say("say_whose"))
    this.#promise.replaceChildren(...(way ? [way] : []), hint)
  }
}
