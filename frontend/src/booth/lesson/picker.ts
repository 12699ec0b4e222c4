// Choosing a lesson of the house to bring to the table; for members.
import { make } from "../../lib/drawings"
import { askJSON } from "../../lib/request"
import type { Id, Say } from "./given"
import { icon, press } from "./step"

interface Choice {
  id: number
  title: string
  about: string
  language: string
  steps: number
  brought: boolean
}

export class Picker {
  readonly element = make("div", { class: "lesson-picker" })
  readonly #open: HTMLButtonElement
  readonly #list = make("div", { class: "lesson-choices", hidden: "" })
  #asked = 0

  constructor(private readonly code: string, private readonly say: Say, private readonly bring: (id: Id) => void) {
    this.#open = press(() => void this.#toggle(), icon("plus"), say("lesson_bring"))
    this.#open.setAttribute("aria-expanded", "false")
    this.element.append(this.#open, this.#list)
    this.#list.addEventListener("keydown", (event) => event.key === "Escape" && this.#close())
  }

  async #toggle(): Promise<void> {
    if (!this.#list.hidden) return this.#close()
    this.#list.hidden = false
    this.#open.setAttribute("aria-expanded", "true")
    const asked = ++this.#asked
    this.#list.setAttribute("aria-busy", "true")
    const shown = await this.#choices()
    if (asked !== this.#asked) return
    this.#list.removeAttribute("aria-busy")
    this.#list.replaceChildren(...shown)
    this.#list.querySelector<HTMLElement>("button, a")?.focus()
  }

  #close(): void {
    this.#asked++
    this.#list.hidden = true
    this.#list.replaceChildren()
    this.#open.setAttribute("aria-expanded", "false")
    this.#open.focus()
  }

  async #choices(): Promise<Node[]> {
    try {
      const { lessons } = await askJSON<{ lessons: Choice[] }>(`/booths/${encodeURIComponent(this.code)}/lessons-to-bring`)
      const makeOne = make("a", { class: "link small", href: "/lessons", target: "_blank", rel: "noopener" }, this.say("lesson_make"))
      if (!lessons.length) return [make("p", { class: "quiet small" }, this.say("lesson_none_yet")), makeOne]
      return [make("ul", { class: "choices" }, ...lessons.map((lesson) => this.#choice(lesson))), makeOne]
    } catch {
      return [make("p", { class: "quiet small", role: "status" }, this.say("lesson_away"))]
    }
  }

  #choice({ id, title, about, steps, brought }: Choice): HTMLElement {
    const more = brought ? this.say("lesson_here") : [about, this.say("lesson_count", { count: String(steps) })].filter(Boolean).join(" · ")
    const shown = make("span", {}, make("b", {}, title), make("span", { class: "tiny" }, more))
    if (brought) return make("li", {}, make("div", { class: "choice" }, icon("done"), shown))
    const choice = make("button", { type: "button", class: "choice" }, icon("plus"), shown)
    choice.addEventListener("click", () => {
      this.#close()
      this.bring(id)
    })
    return make("li", {}, choice)
  }
}
