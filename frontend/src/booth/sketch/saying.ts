// The board in words: what each shape is and from whom, and what lies there altogether.
import { make } from "../dom"
import type { Id, Say } from "../types"
import type { Shape } from "./shapes"

const SAID_AFTER = 1_500 // milliseconds of rest; nobody wants to hear of each line

export function nameOf(shape: Shape, say: Say, name: (by: Id | null) => string): string {
  const from = name(shape.by)
  if (shape.kind === "stroke") return say("sketch_name_stroke", { name: from })
  if (shape.kind === "picture") return say("sketch_name_picture", { name: from, words: shape.alt })
  return say(shape.kind === "text" ? "sketch_name_text" : "sketch_name_note", { name: from, words: shape.words })
}

export class Summary {
  readonly element = make("p", { class: "tiny quiet", role: "status" })
  #isEmpty = true
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly say: Say, private readonly shapes: () => Iterable<Shape>) {
    this.#show()
  }

  changed(): void {
    clearTimeout(this.#timer)
    const isEmpty = !this.shapes()[Symbol.iterator]().next().value
    if (isEmpty !== this.#isEmpty) this.#show()
    else this.#timer = setTimeout(() => this.#show(), SAID_AFTER)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #show(): void {
    const kinds = [...this.shapes()].map(({ kind }) => kind)
    this.#isEmpty = kinds.length === 0
    const said = this.#said(kinds)
    if (this.element.textContent !== said) this.element.textContent = said
  }

  #said(kinds: Shape["kind"][]): string {
    if (!kinds.length) return this.say("sketch_nothing")
    const count = (...some: Shape["kind"][]) => `${kinds.filter((each) => some.includes(each)).length}`
    return this.say("sketch_summary", { strokes: count("stroke"), notes: count("text", "sticky"), pictures: count("picture") })
  }
}
