// Walking through one lesson: a step at a time, at one's own pace or following whoever shows it.
import { make } from "../../lib/drawings"
import { leaderOf, othersIn, Pace, type There } from "./following"
import type { Lesson, LessonsGiven, Say, Table } from "./given"
import { countOf, drawStep, icon, press } from "./step"

const ONWARD: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

export class Walk {
  readonly element = make("div", { class: "lesson" })
  readonly #led = make("div", { class: "lesson-led" })
  readonly #said = make("p", { class: "unseen", role: "status", "aria-live": "polite" })
  readonly #way = make("ol", { class: "lesson-way" })
  readonly #step = make("div", {})
  readonly #turn = make("div", { class: "lesson-turn" })
  readonly #where = make("p", { class: "small quiet lesson-where" })
  readonly #pace: Pace
  #drawn = ""

  constructor(private readonly given: LessonsGiven, private readonly say: Say, private lesson: Lesson) {
    this.#pace = new Pace(lesson, given.you.id)
    const nav = make("nav", { "aria-label": say("lesson_steps") }, this.#way)
    this.element.append(this.#led, this.#said, nav, this.#step, this.#turn, this.#where)
    this.element.addEventListener("keydown", (event) => this.#key(event))
  }

  /** Takes in the table as it is now. */
  show(lesson: Lesson): void {
    this.lesson = lesson
    const before = this.#pace.at
    this.#tell(this.#pace.follow(lesson, this.#table))
    if (this.#pace.at !== before) this.#announce()
    this.#draw()
  }

  get #table(): Table {
    return this.given.table.now
  }

  get #open(): boolean {
    return this.#table.booth.state === "open"
  }

  #tell(part: number | null): void {
    if (part !== null && this.#open) this.given.send(["lessons", this.lesson.id, "go"], { part })
  }

  #go(part: number): void {
    this.#tell(this.#pace.go(part, this.lesson))
    this.#draw()
    this.#step.querySelector<HTMLElement>("h4")?.focus()
  }

  #rejoin(): void {
    this.#tell(this.#pace.rejoin(this.lesson, this.#table))
    this.#draw()
    this.#step.querySelector<HTMLElement>("h4")?.focus()
  }

  /** Shows it to the others, from the step one is at; or (false) lets everyone go on their own. */
  #lead(leads: boolean): void {
    const { you, send } = this.given
    if (leads) send(["lessons", this.lesson.id, "go"], { part: this.#pace.at })
    send(["lessons", this.lesson.id, "lead"], { leader: leads ? you.id : null })
  }

  #key(event: KeyboardEvent): void {
    const way = ONWARD[event.key]
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const onward = getComputedStyle(this.element).direction === "rtl" ? -way : way
    this.#go(this.#pace.at + onward)
  }

  /** Whoever shows it went on: said to those who hear the page, without taking the focus from where it is. */
  #announce(): void {
    const { parts } = this.lesson
    const { at } = this.#pace
    const name = leaderOf(this.lesson, this.#table)?.name ?? ""
    const part = parts[at]
    this.#said.textContent = part
      ? this.say("lesson_goes", { name, step: countOf(at, parts.length, this.say), title: part.title })
      : this.say("lesson_all")
  }

  #draw(): void {
    this.#drawWay()
    this.#drawLed()
    const { at } = this.#pace
    const drawn = JSON.stringify([at, this.lesson.parts[at] ?? null])
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    this.#step.replaceChildren(drawStep(this.lesson, at, this.say))
    this.#drawTurn()
  }

  #drawTurn(): void {
    const { at } = this.#pace
    const last = this.lesson.parts.length
    const back = press(() => this.#go(at - 1), icon("back"), this.say("lesson_back"))
    const next = press(() => this.#go(at + 1), this.say(at < last - 1 ? "lesson_next" : "lesson_got_it"), icon("next"))
    const again = press(() => this.#go(0), this.say("lesson_again"))
    const shown = at >= last ? [back, again] : at > 0 ? [back, next] : [next]
    next.classList.add("onward")
    this.#turn.replaceChildren(...shown)
  }

  #drawWay(): void {
    const there = othersIn(this.lesson, this.#table)
    this.#keepingFocus(this.#way, () => this.lesson.parts.map((part, at) => {
      const button = make("button", { type: "button", class: "lesson-at", "aria-label": this.say("lesson_at", { number: String(at + 1), title: part.title }) }, String(at + 1))
      if (at === this.#pace.at) button.setAttribute("aria-current", "step")
      if (at < this.#pace.at) button.dataset.done = ""
      button.addEventListener("click", () => this.#go(at))
      return make("li", {}, button, seatsOf(there.filter(({ part: place }) => place === at)))
    }))
    this.#where.textContent = there.map((each) => this.#whereOf(each)).join(" ")
    this.#where.hidden = there.length === 0
  }

  #whereOf({ sitter: { name }, part, learned }: There): string {
    if (part < this.lesson.parts.length) return this.say("lesson_is_at", { name, number: String(part + 1) })
    return learned ? this.say("lesson_has_it", { name }) : ""
  }

  #drawLed(): void {
    const { you } = this.given
    const leader = leaderOf(this.lesson, this.#table)
    const may = this.#table.you.may_edit && this.#open
    const own = () => press(() => this.#lead(false), this.say("lesson_own_pace"))
    const shown: Node[] = []
    if (!leader && may) shown.push(press(() => this.#lead(true), this.say("lesson_show")))
    else if (leader?.id === you.id) shown.push(make("p", {}, this.say("lesson_you_show")), ...(may ? [own()] : []))
    else if (leader) {
      shown.push(make("p", {}, this.say(this.#pace.apart ? "lesson_apart" : "lesson_follow", { name: leader.name })))
      if (this.#pace.apart) shown.push(press(() => this.#rejoin(), this.say("lesson_rejoin", { name: leader.name })))
      else if (may) shown.push(own())
    }
    this.#led.hidden = shown.length === 0
    this.#keepingFocus(this.#led, () => shown)
  }

  /** Draws the children of `box` anew; whoever had the focus on the nth button of it has it there again. */
  #keepingFocus(box: HTMLElement, draw: () => Node[]): void {
    const at = [...box.querySelectorAll("button")].findIndex((each) => each === document.activeElement)
    box.replaceChildren(...draw())
    if (at >= 0) [...box.querySelectorAll("button")][at]?.focus({ preventScroll: true })
  }
}

function seatsOf(there: There[]): HTMLElement {
  const seats = there.map(({ sitter: { side, name } }) => make("span", { class: "seat", "data-whose": side, title: name, "aria-hidden": "true" }))
  return make("span", { class: "lesson-there" }, ...seats)
}
