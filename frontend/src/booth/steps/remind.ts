// A gentle reminder of a step of theirs: one tap of a member, taken back while it is held; said once, seen by both.
import type { Around } from "../around"
import { button, make } from "../dom"
import type { Step } from "../types"

/** What a member may do about it; empty where there is nothing to remind of. */
export class Reminding {
  readonly element = make("span", { class: "cluster" })
  #shown = ""

  constructor(private readonly around: Around) {}

  show(step: Step): this {
    const shown = JSON.stringify([step.id, step.whose, step.done_at, step.reminder])
    if (shown !== this.#shown) this.element.replaceChildren(...this.#parts(step))
    this.#shown = shown
    return this
  }

  #parts(step: Step): HTMLElement[] {
    const { rows, say, act } = this.around
    const { reminder, whose, done_at, id } = step
    if (whose !== "yours" || done_at || typeof id !== "number" || !rows.now.you.is_member) return []
    if (reminder?.said_at) return [make("span", { class: "tiny" }, reminded(say, step))]
    if (reminder) return [make("span", { class: "tiny" }, say("remind_soon")), button(say("remind_not"), () => void act(["steps", id, "remind"], { taken_back: true }), { icon: "undo" })]
    return [button(say("remind"), () => void act(["steps", id, "remind"]), { icon: "clock" }), make("span", { class: "tiny" }, say("remind_hint"))]
  }
}

/** That they were reminded, and how. */
export function reminded(say: Around["say"], { reminder }: Step): string {
  return reminder?.said_at ? say(`reminded_${reminder.way}`) : ""
}
