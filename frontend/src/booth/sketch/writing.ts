// Words on the board, written where they stand: a field lies over the board while one writes.
import { make } from "../dom"
import { fits, heightOf, LINE } from "./geometry"
import type { Paper } from "./paper"
import { MOST_LETTERS, type Sticky, type Text, type Written } from "./shapes"

const INSET = 10
const LEAST = 140 // pixels that a field is wide
const SPARE = 1.5 // letters beside the words

export class Writing {
  readonly #field = make("textarea", { class: "board-field", rows: "1", maxlength: `${MOST_LETTERS}`, hidden: "" })
  #shape: Written | null = null
  #kept: (shape: Written | null) => void = () => undefined

  /** `left` is called when one leaves the field by keys. */
  constructor(private readonly paper: Paper, frame: HTMLElement, left: () => void) {
    frame.append(this.#field)
    this.#field.addEventListener("input", () => this.place())
    this.#field.addEventListener("blur", () => this.rest())
    this.#field.addEventListener("keydown", (event) => {
      const done = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))
      if (!done || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      this.rest()
      left()
    })
  }

  /** Opens the words of a shape; `kept` is given it with what was written, or null where no word is left. */
  open(shape: Written, label: string, kept: (shape: Written | null) => void): void {
    this.rest()
    this.#shape = shape
    this.#kept = kept
    this.#field.value = shape.words
    this.#field.dataset.kind = shape.kind
    this.#field.dataset.side = shape.side
    this.#field.setAttribute("aria-label", label)
    this.#field.hidden = false
    this.place()
    this.#field.focus({ preventScroll: true })
    this.#field.select()
  }

  /** Carries what is to be written to where a hand points, as long as it has no word; whether it did. */
  carry([x, y]: [number, number]): boolean {
    if (!this.#shape || this.#shape.words || this.#field.value.trim()) return false
    this.#shape = { ...this.#shape, x: Math.round(x), y: Math.round(y) }
    this.place()
    return true
  }

  /** Keeps what stands in the field, and closes it. */
  rest(): void {
    const shape = this.#shape
    if (!shape) return
    this.#shape = null
    this.#field.hidden = true
    const words = this.#field.value.trim()
    this.#kept(words ? asWritten(shape, words) : null)
  }

  /** Puts the field over the shape, wherever that is seen now. */
  place(): void {
    const shape = this.#shape
    if (!shape) return
    const { sight } = this.paper
    const [x, y] = sight.seen(shape.x, shape.y)
    const { style, value } = this.#field
    const size = shape.size * sight.scale
    const longest = Math.max(...value.split("\n").map((row) => row.length)) + SPARE
    style.left = `${x}px`
    style.top = `${y}px`
    style.fontSize = `${size}px`
    style.width = `${shape.kind === "sticky" ? shape.w * sight.scale : Math.max(LEAST, longest * size * 0.6)}px`
    style.height = `${(shape.kind === "sticky" ? asWritten(shape, value).h : value.split("\n").length * shape.size * LINE) * sight.scale}px`
    style.padding = shape.kind === "sticky" ? `${INSET * sight.scale}px` : "0"
  }
}

function asWritten(shape: Sticky, words: string): Sticky
function asWritten(shape: Written, words: string): Written
function asWritten(shape: Written, words: string): Written {
  if (shape.kind === "text") return { ...shape, words } satisfies Text
  // One long word makes the note wider rather than stick out of it.
  const longest = Math.max(...words.split(/\s/).map((word) => word.length))
  const w = longest > fits(shape.w, shape.size) ? Math.ceil(longest * shape.size * 0.55 + 2 * INSET) : shape.w
  return { ...shape, words, w, h: Math.max(shape.h, heightOf(words, w, shape.size)) }
}
