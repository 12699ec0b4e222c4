// A line of talk, for those who cannot speak just now.
import { type Around, nameOf, participant } from "../around"
import { button, icon, Keyed, make, seat, tell, time } from "../dom"
import { isOurs } from "../kept/overlay"
import type { Line, Table } from "../types"

const MOST = "2000"
const NEAR_END = 48

export class Talk {
  readonly element: HTMLElement
  readonly #list: HTMLElement
  readonly #field: HTMLTextAreaElement
  readonly #form: HTMLFormElement
  readonly #keyed: Keyed<Line, HTMLElement>
  readonly #more: HTMLButtonElement
  /** Lines from before those that the table tells, as far as they were asked for. */
  #earlier: Line[] = []
  #hasMore: boolean | null = null

  /** `heard` is told how many lines there are, each time that changes. */
  constructor(private readonly around: Around, private readonly heard: (lines: Line[]) => void) {
    const { say } = around
    const label = say("talk_line")
    this.#list = make("div", { class: "talk-lines", role: "log", "aria-label": say("talk"), tabindex: "0" })
    this.#field = make("textarea", { class: "input area talk-field", rows: "1", maxlength: MOST, "aria-label": label, placeholder: label, enterkeyhint: "send" })
    this.#form = make("form", { class: "talk-form" }, this.#field, make("button", { class: "button", "aria-label": say("talk_say"), title: say("talk_say") }, icon("send")))
    this.#form.addEventListener("submit", (event) => this.#say(event))
    this.#field.addEventListener("keydown", (event) => this.#key(event))
    this.#keyed = new Keyed(this.#list, ({ id }) => String(id), (line) => this.#create(line), (element, line) => this.#update(element, line))
    this.#more = button(say("talk_earlier"), () => void this.#fetchEarlier(), { class: "button plain" })
    const head = make("div", { class: "head" }, make("h2", { id: "talk-heading" }, say("talk")), make("span", { class: "tiny" }, say("talk_hint")))
    this.element = make("section", { class: "talk-pane", "aria-labelledby": "talk-heading" }, head, this.#more, this.#list, this.#form)
    around.rows.watch((table) => this.#show(table))
  }

  rename(ours: string, theirs: string): void {
    this.#keyed.rename(ours, theirs)
  }

  #show({ lines, earlier = false }: Table): void {
    this.#hasMore ??= earlier
    this.#more.hidden = !this.#hasMore
    const list = this.#list
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END
    const known = new Set(lines.map(({ id }) => id))
    this.#keyed.show([...this.#earlier.filter(({ id }) => !known.has(id)), ...lines])
    list.hidden = lines.length === 0
    this.#form.hidden = !this.around.mayEdit
    if (atEnd) list.scrollTop = list.scrollHeight
    this.heard(lines)
  }

  async #fetchEarlier(): Promise<void> {
    const { desk, rows, notices, say } = this.around
    const first = this.#earlier[0] ?? rows.now.lines[0]
    try {
      const { lines = [], earlier = false } = await desk.get<Partial<Table>>(`table?part=lines&before=${first?.id}`)
      this.#earlier = [...lines, ...this.#earlier]
      this.#hasMore = earlier
      this.#show(rows.now)
    } catch {
      notices.show("talk", { words: say("not_answering"), lasts: 8_000 })
    }
  }

  #create(line: Line): HTMLElement {
    const { times } = this.around
    const side = participant(this.around, line.by)?.side ?? "yours"
    const head = make("span", { class: "talk-by" }, seat(side), make("b", {}), time(line.at, times.since(line.at), times.full(line.at)))
    return make("div", { class: "talk-line" }, head, make("span", { class: "voice" }, line.words))
  }

  #update(element: HTMLElement, line: Line): void {
    tell(element.querySelector("b")!, nameOf(this.around, line.by))
    element.toggleAttribute("data-waits", isOurs(line.id))
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.#form.requestSubmit()
  }

  #say(event: Event): void {
    event.preventDefault()
    const words = this.#field.value.trim()
    if (words) this.around.act(["lines"], { words })
    this.#field.value = ""
    this.#field.focus()
    this.#list.scrollTop = this.#list.scrollHeight
  }
}
