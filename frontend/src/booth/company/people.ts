// Who sits in the booth: who is here, who was, how one is called, and (for members) asking in and out.
import { type Around, othersHere } from "../around"
import { button, field, make, seat, time } from "../dom"
import type { Panel } from "../panel"
import type { Id, Participant, Table } from "../types"
import { askingIn } from "../head"
import { Links } from "./links"

const LONGEST = "60"

export class People implements Panel {
  readonly element = make("div", { class: "people" })
  readonly title: string
  readonly #list = make("ul", { class: "people-list" })
  readonly #asking = new Set<Id>()
  #shown = ""

  constructor(private readonly around: Around) {
    const { say } = around
    this.title = say("who_sits_here")
    const sitting = make("section", { class: "stack" }, this.#list, this.#naming(), make("p", { class: "small quiet" }, say("no_wall")))
    this.element.append(sitting)
    const inviting = askingIn()
    if (inviting) this.element.append(new Links(around, inviting.href).element)
    around.rows.watch((table) => this.#show(table))
    around.awareness.on("change", () => this.#show(around.rows.now))
  }

  #show({ participants, you }: Table): void {
    const here = new Set<Id>([you.id, ...othersHere(this.around)])
    const shown = JSON.stringify([participants, [...here], [...this.#asking]])
    if (shown === this.#shown) return
    this.#shown = shown
    this.#list.replaceChildren(...participants.filter(({ removed }) => !removed).map((one) => this.#draw(one, here.has(one.id), you)))
  }

  #draw(one: Participant, here: boolean, you: Table["you"]): HTMLElement {
    const { say, times } = this.around
    const name = one.id === you.id ? say("you_named", { name: one.name }) : one.name
    const about = make("span", { class: "tiny" }, ...this.#about(one, here), " ", time(one.joined_at, say("since", { when: times.since(one.joined_at) }), times.full(one.joined_at)))
    const row = make("li", { class: "between" }, make("span", { class: "lined" }, seat(one.side), make("span", {}, name, " ", about)))
    if (you.is_member && one.is_guest) row.append(this.#askOut(one))
    return row
  }

  #about({ role, is_guest }: Participant, here: boolean): string[] {
    const { say } = this.around
    const said = [say(here ? "is_here" : "is_away"), is_guest ? say("a_guest") : say("of_the_house"), ...(role === "view" ? [say("only_looks")] : [])]
    return [said.join(", ") + ","]
  }

  /** Asked once more before somebody is asked out. */
  #askOut({ id, name }: Participant): HTMLElement {
    const { say } = this.around
    if (!this.#asking.has(id)) return button(say("ask_out"), () => this.#ask(id, true), { class: "button plain" })
    const sure = button(say("ask_out_sure", { name }), () => {
      this.#ask(id, false)
      this.around.act(["participants", id, "remove"])
    }, { class: "button grave" })
    return make("span", { class: "cluster" }, sure, button(say("stay"), () => this.#ask(id, false), { class: "button plain" }))
  }

  #ask(id: Id, yes: boolean): void {
    if (yes) this.#asking.add(id)
    else this.#asking.delete(id)
    this.#show(this.around.rows.now)
    this.#list.querySelector<HTMLElement>(".grave")?.focus()
  }

  /** A guest may be called otherwise; members are called by their name. */
  #naming(): HTMLElement {
    const { rows, say } = this.around
    if (rows.now.you.is_member) return make("span", { hidden: "" })
    const input = make("input", { class: "input", maxlength: LONGEST, value: rows.now.you.name, autocomplete: "given-name" })
    const form = make("form", { class: "naming" }, field(say("called"), input), make("button", { class: "button" }, say("call_me_so")))
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      const name = input.value.trim()
      if (name && name !== rows.now.you.name) this.around.act(["name"], { name })
    })
    return form
  }
}
