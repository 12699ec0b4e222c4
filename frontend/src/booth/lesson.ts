// "How it is made": the lessons on the table, one of them opened, and bringing another.
import { make } from "../lib/drawings"
import { type Id, type Lesson, type LessonsGiven, speaker, type Table } from "./lesson/given"
import { Picker } from "./lesson/picker"
import { Walk } from "./lesson/walk"

/** Shows the lessons of the table in `element`, and hides it where there is nothing to show or to bring. */
export function mountLessons(element: HTMLElement, given: LessonsGiven): { destroy(): void } {
  const lessons = new Lessons(element, given)
  const unwatch = given.table.watch((table) => lessons.show(table))
  lessons.show(given.table.now)
  return {
    destroy: () => {
      unwatch()
      element.replaceChildren()
    },
  }
}

class Lessons {
  readonly #say
  readonly #picker: Picker
  readonly #names = make("div", { class: "lesson-names" })
  readonly #body = make("div", {})
  readonly #hint: HTMLElement
  readonly #walks = new Map<Id, Walk>()
  #open: Id | null = null
  #bringing = false
  #shownNames = ""

  constructor(private readonly element: HTMLElement, private readonly given: LessonsGiven) {
    const say = (this.#say = speaker(given.words))
    this.#picker = new Picker(given.table.now.booth.code, say, (lesson) => {
      this.#bringing = true
      given.send(["lessons"], { lesson })
    })
    this.#hint = make("p", { class: "quiet small" }, say("lesson_hint"))
    const heading = make("h2", { id: "lessons-heading" }, say("lessons"))
    element.setAttribute("aria-labelledby", heading.id)
    element.replaceChildren(make("div", { class: "head" }, heading), this.#hint, this.#names, this.#body, this.#picker.element)
  }

  show(table: Table): void {
    const { lessons, you, booth } = table
    const mayBring = you.is_member && you.may_edit && booth.state === "open"
    this.element.hidden = lessons.length === 0 && !mayBring
    this.#picker.element.hidden = !mayBring
    this.#hint.hidden = lessons.length > 0
    this.#choose(lessons)
    this.#drawNames(lessons)
    const lesson = lessons.find(({ id }) => id === this.#open)
    if (lesson) this.#draw(lesson)
    else this.#body.replaceChildren()
  }

  /** The one that was just brought by us, the one that is open, or the newest. */
  #choose(lessons: Lesson[]): void {
    const fresh = lessons.filter(({ id }) => !this.#walks.has(id))
    const newest = lessons.at(-1)
    for (const lesson of fresh) this.#walks.set(lesson.id, new Walk(this.given, this.#say, lesson))
    if (this.#bringing && fresh.length && newest) {
      this.#bringing = false
      this.#open = newest.id
    }
    if (!lessons.some(({ id }) => id === this.#open)) this.#open = newest?.id ?? null
  }

  #draw(lesson: Lesson): void {
    const walk = this.#walks.get(lesson.id)!
    if (this.#body.firstChild !== walk.element) this.#body.replaceChildren(walk.element)
    walk.show(lesson)
  }

  /** One lesson says what it is; of several one is chosen. */
  #drawNames(lessons: Lesson[]): void {
    const names = JSON.stringify([lessons.map(({ id, title }) => [id, title]), this.#open])
    if (names === this.#shownNames) return
    this.#shownNames = names
    const only = lessons.length === 1 ? lessons[0] : undefined
    if (only) return this.#names.replaceChildren(make("h3", { class: "voice" }, only.title))
    const focused = this.#names.contains(document.activeElement)
    this.#names.replaceChildren(...lessons.map((lesson) => this.#name(lesson)))
    if (focused) this.#names.querySelector<HTMLElement>("[aria-pressed=true]")?.focus()
  }

  #name({ id, title }: Lesson): HTMLElement {
    const name = make("button", { type: "button", class: "button", "aria-pressed": String(id === this.#open) }, title)
    name.addEventListener("click", () => {
      this.#open = id
      this.show(this.given.table.now)
    })
    return name
  }
}
