// The shape that is chosen, and what is done with it: moved by keys, made larger, written in, taken away.
import type { Say, You } from "../types"
import { boxOf, moved, scaled } from "./geometry"
import type { Walk } from "./keys"
import type { Paper } from "./paper"
import type { Shape, Written } from "./shapes"
import type { Made, Sheet } from "./sheet"
import type { Writing } from "./writing"

const NUDGED = 500 // milliseconds after the last arrow key until the place is kept
const APART = 12
const TRIES = 30
// As large as they look where they are written: pixels, at zoom 1 or farther away.
const NOTE = { w: 160, h: 100, size: 16 }
const TEXT = 22

export interface ChosenGiven {
  sheet: Sheet
  paper: Paper
  writing: Writing
  you: You
  mayEdit: boolean
  say: Say
  /** What is chosen now is this. */
  shown(shape: Shape | null): void
  /** Something was put on the board that one will want to move. */
  placed(): void
}

export class Chosen implements Walk {
  key: string | null = null
  #nudged: { key: string; shape: Shape; timer: ReturnType<typeof setTimeout> } | null = null

  constructor(private readonly given: ChosenGiven) {}

  get mayEdit(): boolean {
    return this.given.mayEdit
  }

  get paper(): Paper {
    return this.given.paper
  }

  choose(key: string | null): void {
    const { paper, shown } = this.given
    if (key !== this.key) this.rest()
    this.key = key
    const shape = key === null ? null : (paper.shapes.get(key) ?? null)
    paper.frame(shape)
    shown(shape)
    if (paper.element.contains(document.activeElement) && this.at() !== key) this.focus()
  }

  /** Gives the focus to what is chosen, or to the board. */
  focus(): void {
    const element = this.key === null ? undefined : this.paper.elementOf(this.key)
    ;(element ?? this.paper.element).focus({ preventScroll: true })
  }

  /** These changed on the board. */
  changed(keys: string[]): void {
    const { key } = this
    if (key === null || !keys.includes(key)) return
    const had = this.at() === key || this.paper.element.contains(document.activeElement)
    this.choose(this.paper.shapes.has(key) ? key : null)
    if (had) this.focus()
  }

  order(): string[] {
    return this.paper.order
  }

  at(): string | null {
    return this.paper.keyOf(document.activeElement)
  }

  go(key: string | null): void {
    this.choose(key)
    this.focus()
    const shape = key === null ? undefined : this.paper.shapes.get(key)
    if (shape) this.paper.bringIntoSight(shape)
  }

  change(key: string, shape: Shape): void {
    this.given.sheet.change(key, shape)
  }

  /** Moves it; that is kept when the keys rest, as one move. */
  nudge(x: number, y: number): void {
    const shape = this.#shape
    if (!shape) return
    clearTimeout(this.#nudged?.timer)
    this.#nudged = { key: this.key!, shape: moved(shape, x, y), timer: setTimeout(() => this.rest(), NUDGED) }
    this.paper.draw([[this.key!, this.#nudged.shape]])
    this.paper.frame(this.#nudged.shape)
  }

  /** Keeps the place to which it was moved by keys. */
  rest(): void {
    const nudged = this.#nudged
    this.#nudged = null
    if (!nudged) return
    clearTimeout(nudged.timer)
    this.change(nudged.key, nudged.shape)
  }

  scale(by: number): void {
    this.rest()
    const shape = this.#shape
    if (shape) this.change(this.key!, scaled(shape, by))
  }

  remove(): void {
    const { key } = this
    if (!this.#shape || key === null) return
    const order = this.order()
    const place = order.indexOf(key)
    this.given.sheet.remove([key])
    this.go(order[place + 1] ?? order[place - 1] ?? null)
  }

  undo(): void {
    this.given.sheet.undo()
  }

  redo(): void {
    this.given.sheet.redo()
  }

  /** Opens its words. */
  open(): void {
    const shape = this.#shape
    const key = this.key!
    if (shape?.kind !== "text" && shape?.kind !== "sticky") return
    this.#write(shape, (kept) => {
      if (!kept) this.given.sheet.remove([key])
      else if (kept.words !== shape.words) this.change(key, kept)
      this.choose(this.paper.shapes.has(key) ? key : null)
    })
  }

  /** Opens a field for words at a place; they are on the board once they are written. */
  write(kind: Written["kind"], at?: [number, number]): void {
    const { id, side } = this.given.you
    const large = Math.max(1, 1 / this.paper.sight.scale)
    const [w, h, size] = [NOTE.w, NOTE.h, NOTE.size].map((each) => Math.round(each * large)) as [number, number, number]
    const [x, y] = at ?? this.#free(w, h)
    const whose = { by: id, side, z: 0, x, y, words: "" }
    this.given.placed()
    this.choose(null)
    const made: Written = kind === "text" ? { kind, size: Math.max(TEXT, size), ...whose } : { kind, w, h, size, ...whose }
    this.#write(made, (kept) => kept && this.put(kept))
  }

  put(made: Made): void {
    const key = this.given.sheet.put(made)
    this.given.placed()
    this.choose(key)
  }

  /** Tapped twice, on a shape or on an empty place. */
  tapped(x: number, y: number): void {
    if (this.key !== null) this.open()
    else if (this.mayEdit) this.write("text", [Math.round(x), Math.round(y)])
  }

  get #shape(): Shape | null {
    return this.key === null || !this.mayEdit ? null : (this.paper.shapes.get(this.key) ?? null)
  }

  #write(shape: Written, kept: (shape: Written | null) => void): void {
    this.given.writing.open(shape, this.given.say("sketch_words"), kept)
  }

  /** A place near the middle of what is seen where nothing is written yet, or below what is. */
  #free(w: number, h: number): [number, number] {
    const [middleX, middleY] = this.paper.sight.middle
    const x = Math.round(middleX - w / 2)
    let y = Math.round(middleY - h / 2)
    const written = [...this.paper.shapes.values()].filter(({ kind }) => kind === "text" || kind === "sticky").map((shape) => boxOf(shape))
    for (let tries = 0; tries < TRIES; tries++) {
      const below = written.find(([left, top, width, height]) => left < x + w && x < left + width && top < y + h && y < top + height)
      if (!below) break
      y = Math.round(below[1] + below[3] + APART)
    }
    return [x, y]
  }
}
