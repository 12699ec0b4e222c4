// The ending: each says whether the goal was reached, in one tap and one sentence; both keep the record.
import { type Around, nameOf, participant } from "../around"
import { button, field, icon, make, seat, taps } from "../dom"
import type { Panel } from "../panel"
import type { Answer, Table } from "../types"
import { Left } from "./left"

const ANSWERS: Answer[] = ["reached", "partly", "unreached"]
const MOST = "500"
const THOUGHT = 500 // milliseconds: who goes through the answers by arrow keys has not given each of them

export class Ending implements Panel {
  readonly element = make("div", { class: "ending" })
  readonly #form = make("form", { class: "stack" })
  readonly #words: HTMLInputElement
  readonly #said = make("ul", { class: "ending-said" })
  readonly #left: Left
  readonly #end = make("div", { class: "stack" })
  readonly #says: HTMLButtonElement
  #answer: Answer | null = null
  #thinks: ReturnType<typeof setTimeout> | undefined
  #shown = ""

  constructor(private readonly around: Around) {
    this.#left = new Left(around)
    this.#words = make("input", { class: "input", maxlength: MOST })
    this.#says = make("button", { class: "button" }, around.say("ending_say"))
    this.#words.addEventListener("input", () => this.#offer())
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.#say()
    })
    this.element.append(this.#form, make("div", { class: "stack" }, this.#said, this.#end))
    around.rows.watch((table) => this.#show(table))
  }

  get title(): string {
    return this.around.say(this.around.rows.now.booth.state === "ended" ? "ended_head" : "ending_title")
  }

  opened(): void {
    const mine = this.#mine()
    this.#answer = mine?.answer ?? this.#answer
    this.#words.value ||= mine?.words ?? ""
    this.#ask()
  }

  #ask(): void {
    const { say } = this.around
    const options = ANSWERS.map((answer): [string, string] => [answer, say(`ending_${answer}`)])
    const choice = taps("ending", say("ending_question"), options, this.#answer ?? "", (answer) => this.#choose(answer as Answer))
    this.#form.replaceChildren(make("p", { class: "voice" }, say("ending_question")), choice, field(say("ending_sentence"), this.#words), this.#says)
    this.#offer()
  }

  /** One tap says it. */
  #choose(answer: Answer): void {
    this.#answer = answer
    clearTimeout(this.#thinks)
    this.#thinks = setTimeout(() => this.#say(), THOUGHT)
  }

  /** The button is there as long as something stands here that was not said. */
  #offer(): void {
    const mine = this.#mine()
    this.#says.hidden = mine?.answer === this.#answer && mine?.words === this.#words.value.trim()
  }

  #mine() {
    const { endings, you } = this.around.rows.now
    return endings.find(({ by }) => by === you.id)
  }

  #say(): void {
    clearTimeout(this.#thinks)
    if (this.#answer) this.around.act(["ending"], { answer: this.#answer, words: this.#words.value.trim() })
    else this.around.notices.show("ending", { words: this.around.say("ending_choose"), lasts: 8_000 })
  }

  #show(table: Table): void {
    const { endings, booth, participants, you } = table
    const { mayEdit } = this.around
    this.#left.show(table)
    const shown = JSON.stringify([endings, booth.state, participants, mayEdit, this.#left.offers])
    if (shown === this.#shown) return
    this.#shown = shown
    this.#offer()
    this.#form.hidden = !mayEdit
    const said = endings.map(({ by, answer, words }) => this.#line(by, `ending_${answer}`, words))
    const silent = participants.filter(({ id, removed, role }) => !removed && role === "edit" && endings.every(({ by }) => by !== id))
    const open = booth.state === "open"
    this.#said.replaceChildren(...said, ...(open ? silent.map(({ id }) => this.#line(id, "ending_silent", "")) : []))
    this.#end.replaceChildren(...(open ? this.#ways(you.may_edit && endings.some(({ by }) => by === you.id)) : this.#record(you.may_edit)))
  }

  #line(by: string | number | null, key: string, words: string): HTMLElement {
    const side = participant(this.around, by)?.side ?? "yours"
    const line = make("li", { class: "lined" }, seat(side), make("span", {}, make("b", {}, nameOf(this.around, by)), ": ", this.around.say(key)))
    if (words) line.append(make("q", { class: "voice" }, words))
    return line
  }

  #ways(answered: boolean): HTMLElement[] {
    const { say } = this.around
    if (!answered) return []
    return [this.#left.element, make("p", { class: "small quiet" }, say("end_hint")), button(say("end_here"), () => this.#finish(), { icon: "check", class: "button main" })]
  }

  /** It ends, and what is ticked of ours becomes promises with it. */
  #finish(): void {
    const { promises } = this.#left
    this.around.act(["end"], promises.length ? { promises } : {})
  }

  /** What was left when it ended can be promised still. */
  #promise(): void {
    for (const { step, due_at, whole_day } of this.#left.promises) this.around.act(["steps", step, "promise"], { due_at, whole_day })
  }

  #record(mayReopen: boolean): HTMLElement[] {
    const { say, desk, doc } = this.around
    const link = (name: string, key: string) => make("a", { class: "button", href: `${desk.base}/${name}`, download: "" }, icon("download"), say(key))
    const sketch = doc.getMap("sketch").size ? [link("sketch.svg", "record_sketch")] : []
    const reopen = button(say("reopen"), () => this.around.act(["reopen"]), { icon: "reopen" })
    const promise = this.#left.offers ? [button(say("left_promise_now"), () => this.#promise(), { icon: "promise" })] : []
    return [make("p", {}, say("ended")), this.#left.element, ...promise, make("div", { class: "cluster" }, link("record.pdf", "record_pdf"), link("record.md", "record_md"), ...sketch, ...(mayReopen ? [reopen] : []))]
  }
}
