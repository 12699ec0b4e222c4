// What is still open when it ends: ours, which a member may promise here, by when they say; and what stays as it is.
import type { Around } from "../around"
import { make, seat } from "../dom"
import { sayingWhose } from "../head"
import { moment } from "../times"
import { Reminding } from "../steps/remind"
import type { Id, Step, Table } from "../types"

const A_WEEK = 7 * 24 * 3600_000

interface Offer {
  id: Id
  tick: HTMLInputElement
  date: HTMLInputElement
  time: string
}

export interface Promised {
  step: Id
  due_at: string
  whole_day: boolean
}

export class Left {
  readonly element = make("div", { class: "stack left-open" })
  #offers: Offer[] = []
  #shown = ""

  constructor(private readonly around: Around) {}

  /** Whether there is something that a member may promise now. */
  get offers(): boolean {
    return this.#offers.length > 0
  }

  show({ steps, you, booth }: Table): void {
    const open = steps.filter(({ done_at, promise }) => !done_at && !promise)
    const shown = JSON.stringify([open, you.is_member, booth.person])
    if (shown === this.#shown) return
    this.#shown = shown
    this.#offers = []
    this.element.hidden = open.length === 0
    const { say } = this.around
    const ours = open.some(({ whose }) => whose === "ours")
    const hint = !ours ? "left_theirs" : !you.is_member ? "left_may" : booth.person ? "left_promise" : "left_nobody"
    const rows = open.map((step) => (you.is_member && booth.person && step.whose === "ours" ? this.#offer(step) : this.#row(step)))
    const hinted = make("p", { class: "small quiet" }, say(hint, { name: booth.person ?? "" }))
    const way = hint === "left_nobody" && sayingWhose(say("say_whose"))
    if (way) hinted.append(" ", way)
    this.element.replaceChildren(make("h3", {}, say("left_open")), hinted, make("ul", { class: "stack" }, ...rows))
  }

  /** What is ticked, each with its day. */
  get promises(): Promised[] {
    return this.#offers.filter(({ tick, date }) => tick.checked && date.value)
      .map(({ id, date, time }) => ({ step: id, due_at: moment(date.value, time) ?? "", whole_day: !time }))
  }

  #offer(step: Step): HTMLElement {
    const { times, say } = this.around
    const ahead = step.due_at !== null && Date.parse(step.due_at) > Date.now()
    const due = times.fields(ahead ? step.due_at! : new Date(Date.now() + A_WEEK).toISOString())
    const tick = make("input", { type: "checkbox", class: "tick" })
    tick.checked = typeof step.id === "number"
    tick.disabled = !tick.checked
    const date = make("input", { type: "date", class: "input" })
    date.value = due.date
    date.setAttribute("aria-label", say("left_day", { words: step.words }))
    this.#offers.push({ id: step.id, tick, date, time: ahead && !step.whole_day ? due.time : "" })
    return make("li", { class: "between" }, make("label", { class: "lined" }, tick, make("span", {}, step.words)), date)
  }

  #row(step: Step): HTMLElement {
    return make("li", { class: "between" }, make("span", { class: "lined" }, seat(step.whose), make("span", {}, step.words)), new Reminding(this.around).show(step).element)
  }
}
