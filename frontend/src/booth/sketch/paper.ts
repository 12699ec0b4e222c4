// The paper: what lies in the map, drawn as SVG, each shape an element that can have the focus.
import { around, type Box, boxOf, meets } from "./geometry"
import { line, parts, svg } from "./looks"
import type { Growing } from "./company"
import type { Line } from "./pen"
import { liesBelow, type Shape } from "./shapes"
import { Sight } from "./sight"

const HANDLE = 12 // pixels

export interface PaperGiven {
  fileUrl(id: number): string
  name(shape: Shape): string
  /** The part that is seen moved. */
  moved(): void
}

export class Paper {
  readonly element = svg("svg", { class: "board-paper", preserveAspectRatio: "xMidYMid meet" })
  readonly shapes = new Map<string, Shape>()
  readonly sight: Sight
  readonly #drawn = new Map<string, SVGGElement>()
  readonly #shapes = svg("g")
  readonly #growing = svg("g", { "aria-hidden": "true" })
  readonly #mine = svg("g", { "aria-hidden": "true" })
  readonly #chosen = svg("g", { class: "board-chosen", "aria-hidden": "true" })
  #around: Shape | null = null

  constructor(private readonly given: PaperGiven) {
    this.element.append(this.#shapes, this.#growing, this.#mine, this.#chosen)
    this.sight = new Sight(() => ({ width: this.element.clientWidth || 640, height: this.element.clientHeight || 360 }), () => this.#look())
  }

  /** Draws these as they are now; null for one that is gone. */
  draw(changed: Iterable<[string, Shape | null]>): void {
    for (const [key, shape] of changed) {
      if (shape) this.#put(key, shape)
      else this.#take(key)
    }
  }

  /** The names of all shapes, the lowest first. */
  get order(): string[] {
    return [...this.#shapes.children].map((each) => each.getAttribute("data-key")!)
  }

  elementOf(key: string): SVGGElement | undefined {
    return this.#drawn.get(key)
  }

  keyOf(element: unknown): string | null {
    return element instanceof Element ? (element.closest("[data-key]")?.getAttribute("data-key") ?? null) : null
  }

  /** The uppermost shape at a place on the board, for a finger of so many pixels. */
  found(x: number, y: number, reach: number): string | null {
    const near = reach / this.sight.scale
    return this.order.reverse().find((key) => meets(this.shapes.get(key)!, x, y, near)) ?? null
  }

  showAll(): void {
    this.sight.show(around(this.shapes.values()))
  }

  bringIntoSight(shape: Shape): void {
    const [left, top, width, height] = boxOf(shape)
    const [seenLeft, seenTop, seenWidth, seenHeight] = this.sight.box
    const [x, y] = [left + width / 2, top + height / 2]
    const isSeen = x > seenLeft && y > seenTop && x < seenLeft + seenWidth && y < seenTop + seenHeight
    if (!isSeen) this.sight.show([x - seenWidth / 2, y - seenHeight / 2, seenWidth, seenHeight])
  }

  /** Lines of others that grow. */
  grow(lines: Growing[]): void {
    this.#growing.replaceChildren(...lines.map((each) => lineOf(each, each.side)))
  }

  /** The line that grows under this hand. */
  follow(growing: Line | null, side: string): void {
    this.#mine.replaceChildren(...(growing ? [lineOf(growing, side)] : []))
  }

  /** Draws a frame around the shape that is chosen, with a handle where its size can change. */
  frame(shape: Shape | null): void {
    this.#around = shape
    if (!shape) return this.#chosen.replaceChildren()
    const [x, y, width, height] = boxOf(shape)
    const size = HANDLE / this.sight.scale
    const handle = svg("rect", { class: "board-handle", x: x + width - size / 2, y: y + height - size / 2, width: size, height: size })
    this.#chosen.replaceChildren(svg("rect", { x, y, width, height, class: "board-around" }), ...(shape.kind === "stroke" ? [] : [handle]))
  }

  isHandle(element: unknown): boolean {
    return element instanceof Element && element.classList.contains("board-handle")
  }

  #put(key: string, shape: Shape): void {
    const known = this.#drawn.get(key)
    const element = known ?? svg("g", { class: "board-shape", "data-key": key, role: "img", tabindex: -1 })
    const before = this.shapes.get(key)
    this.shapes.set(key, shape)
    this.#drawn.set(key, element)
    element.setAttribute("data-side", shape.side)
    element.setAttribute("aria-label", this.given.name(shape))
    element.replaceChildren(...parts(shape, this.given.fileUrl))
    if (!known || before?.z !== shape.z || before.kind !== shape.kind) this.#lay(element, shape)
  }

  #lay(element: SVGGElement, shape: Shape): void {
    const above = [...this.#shapes.children].find((each) => {
      const other = each === element ? undefined : this.shapes.get(each.getAttribute("data-key")!)
      return other && liesBelow(shape, other)
    })
    this.#shapes.insertBefore(element, above ?? null)
  }

  #take(key: string): void {
    this.#drawn.get(key)?.remove()
    this.#drawn.delete(key)
    this.shapes.delete(key)
  }

  #look(): void {
    const box: Box = this.sight.box
    this.element.setAttribute("viewBox", box.join(" "))
    this.frame(this.#around)
    this.given.moved()
  }
}

function lineOf(growing: Line, side: string): SVGElement {
  const group = svg("g", { class: "board-shape", "data-side": side })
  group.append(...line(growing))
  return group
}
