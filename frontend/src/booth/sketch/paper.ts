// The paper: what lies in the map, drawn as SVG, and the part of it that one looks at.
import { type Shape, around, curve, shapeOf } from "./shapes"

const SPACE = "http://www.w3.org/2000/svg"
const LINE = 20
const LETTER = 9

export function svg<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Record<string, string | number> = {}): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SPACE, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`)
  return element
}

export class Paper {
  readonly element = svg("svg", { class: "board-paper", preserveAspectRatio: "xMidYMid meet" })
  readonly shapes = new Map<string, Shape>()
  readonly #drawn = new Map<string, SVGElement>()
  #box: [number, number, number, number] = around([])

  constructor() {
    this.#look()
  }

  /** Draws what is under these names in the map now; null for one that is gone. */
  draw(changed: Iterable<[string, unknown]>): void {
    for (const [key, value] of changed) {
      this.#drawn.get(key)?.remove()
      this.#drawn.delete(key)
      this.shapes.delete(key)
      const shape = shapeOf(value)
      if (!shape) continue
      const element = drawn(shape)
      this.shapes.set(key, shape)
      this.#drawn.set(key, element)
      const above = [...this.shapes].find(([other, { z }]) => other !== key && z > shape.z && this.#drawn.has(other))
      this.element.insertBefore(element, above ? (this.#drawn.get(above[0]) ?? null) : null)
    }
  }

  get top(): number {
    return Math.max(0, ...[...this.shapes.values()].map(({ z }) => z)) + 1
  }

  showAll(): void {
    this.#box = around(this.shapes.values())
    this.#look()
  }

  zoom(by: number): void {
    const [left, top, width, height] = this.#box
    this.#box = [left + (width - width / by) / 2, top + (height - height / by) / 2, width / by, height / by]
    this.#look()
  }

  pan(x: number, y: number): void {
    const [left, top, width, height] = this.#box
    this.#box = [left + x, top + y, width, height]
    this.#look()
  }

  get middle(): [number, number] {
    const [left, top, width, height] = this.#box
    return [left + width / 2, top + height / 2]
  }

  /** From a place on the screen to one on the board. */
  at(event: { clientX: number; clientY: number }): [number, number] {
    const matrix = this.element.getScreenCTM()
    if (!matrix) return [0, 0]
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    return [Math.round(x), Math.round(y)]
  }

  #look(): void {
    this.element.setAttribute("viewBox", this.#box.join(" "))
  }
}

export function drawn(shape: Shape): SVGElement {
  if (shape.kind === "stroke") return svg("path", { class: "board-stroke", "data-side": shape.side, d: curve(shape.points), "stroke-width": shape.width })
  const group = svg("g", { class: "board-note", "data-side": shape.side })
  group.append(svg("rect", { x: shape.x, y: shape.y, width: shape.w, height: shape.h, rx: 6 }))
  const text = svg("text")
  lines(shape.words, Math.max(4, Math.floor((shape.w - 20) / LETTER))).forEach((line, at) => {
    const row = svg("tspan", { x: shape.x + 10, y: shape.y + 10 + LINE * (at + 0.8) })
    row.textContent = line
    text.append(row)
  })
  group.append(text)
  return group
}

function lines(words: string, fits: number): string[] {
  return words.split("\n").flatMap((line) => {
    const rows = [""]
    for (const word of line.split(" ")) {
      const row = rows[rows.length - 1] ?? ""
      if (row && row.length + 1 + word.length > fits) rows.push(word)
      else rows[rows.length - 1] = row ? `${row} ${word}` : word
    }
    return rows
  })
}
