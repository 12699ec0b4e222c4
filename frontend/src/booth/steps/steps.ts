// The steps: ours, yours and together, in an order that either side may change.
import type { Around } from "../around"
import { Keyed, make, tell } from "../dom"
import type { Looking } from "../company/looking"
import type { Id, Step, Table } from "../types"
import { Adding } from "./adding"
import { draggable } from "./drag"
import { Gone } from "./gone"
import { behind } from "./order"
import { StepRow } from "./row"

export class Steps {
  readonly element: HTMLElement
  readonly #list = make("ol", { class: "steps" })
  readonly #count = make("span", { class: "tiny" })
  readonly #none: HTMLElement
  readonly #gone: Gone
  readonly #adding: Adding
  readonly #rows = new WeakMap<HTMLElement, StepRow>()
  readonly #keyed: Keyed<Step, HTMLElement>

  constructor(private readonly around: Around, private readonly looking: Looking) {
    const { say } = around
    const head = make("div", { class: "head" }, make("h2", { id: "steps-heading" }, say("steps")), this.#count, looking.button("steps"))
    this.#none = make("p", { class: "quiet small" }, say("steps_none"))
    this.#adding = new Adding(around)
    this.#gone = new Gone(around)
    this.#keyed = new Keyed(this.#list, ({ id }) => String(id), (step) => this.#create(step), (element, step) => this.#rows.get(element)!.show(step))
    this.element = make("section", { class: "steps-pane", "aria-labelledby": "steps-heading", "data-pane": "steps" }, head, this.#none, this.#list, this.#gone.element, this.#adding.element)
    draggable(this.#list, ".grip", (from, to) => this.#move(from, to))
    around.rows.watch((table) => this.#show(table))
  }

  /** A step of ours got the server's name; its row stays what it is. */
  rename(ours: string, theirs: Id): void {
    this.#keyed.rename(ours, String(theirs))
  }

  #show(table: Table): void {
    const { steps } = table
    const { say, mayEdit } = this.around
    this.#keyed.show(steps)
    this.#none.hidden = steps.length > 0
    this.#list.hidden = steps.length === 0
    this.#adding.element.hidden = !mayEdit
    const done = steps.filter(({ done_at }) => done_at).length
    tell(this.#count, steps.length ? say("steps_done", { done: String(done), all: String(steps.length) }) : "")
    this.#gone.show(table)
  }

  #create(step: Step): HTMLElement {
    const row: StepRow = new StepRow(this.around, step, {
      move: (by) => this.#moveBy(row.id, by),
      look: () => this.looking.ask("steps", row.id),
      remove: () => this.around.act(["steps", row.id], { removed: true }),
      key: (event) => this.#key(event, row.id),
    })
    this.#rows.set(row.element, row)
    return row.element
  }

  #key(event: KeyboardEvent, id: Id): void {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return
    event.preventDefault()
    this.#moveBy(id, event.key === "ArrowUp" ? -1 : 1)
  }

  #moveBy(id: Id, by: number): void {
    const from = this.#ids.indexOf(id)
    this.#move(from, from + by)
  }

  #move(from: number, to: number): void {
    const { rows, say } = this.around
    const ids = this.#ids
    if (from < 0 || to < 0 || to >= ids.length) return
    const words = rows.now.steps[from]!.words
    this.around.act(["steps", ids[from]!], { after: behind(ids, from, to) })
    this.around.announce(say("step_moved", { words, place: String(to + 1), all: String(ids.length) }))
  }

  get #ids(): Id[] {
    return this.around.rows.now.steps.map(({ id }) => id)
  }
}
