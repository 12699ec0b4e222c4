// Shapes as SVG.
import { runs } from "./curves"
import { fits, LINE, rows } from "./geometry"
import type { Picture, Shape, Sticky, Stroke, Text } from "./shapes"

const SPACE = "http://www.w3.org/2000/svg"
const INSET = 10
const BASE = 0.95 // of a letter's size, from the top of a row to its base line

type Attributes = Record<string, string | number>

export function svg<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Attributes = {}): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SPACE, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`)
  return element
}

/** The parts of a shape; `fileUrl` says where a picture is. */
export function parts(shape: Shape, fileUrl: (id: number) => string): SVGElement[] {
  if (shape.kind === "stroke") return line(shape)
  if (shape.kind === "text") return [setIn(rows(shape.words), shape, shape.x)]
  if (shape.kind === "sticky") return note(shape)
  return [picture(shape, fileUrl)]
}

export function line({ points, width }: Pick<Stroke, "points" | "width">): SVGElement[] {
  return runs(points, width).map((run) => svg("path", { class: "board-stroke", d: run.d, "stroke-width": run.width }))
}

function note(shape: Sticky): SVGElement[] {
  const { x, y, w, h, size, words } = shape
  return [svg("rect", { class: "board-note", x, y, width: w, height: h, rx: 4 }), setIn(rows(words, fits(w, size)), { ...shape, y: y + INSET }, x + INSET)]
}

function setIn(set: string[], { y, size }: Pick<Text, "y" | "size">, x: number): SVGElement {
  const text = svg("text", { class: "board-words", "font-size": size })
  set.forEach((row, at) => {
    const span = svg("tspan", { x, y: y + size * (BASE + at * LINE) })
    span.textContent = row
    text.append(span)
  })
  return text
}

function picture({ x, y, w, h, file }: Picture, fileUrl: (id: number) => string): SVGElement {
  const image = svg("image", { x, y, width: w, height: h, href: fileUrl(file), preserveAspectRatio: "none" })
  const frame = svg("rect", { class: "board-frame", x, y, width: w, height: h })
  image.addEventListener("error", () => frame.setAttribute("data-gone", ""))
  const group = svg("g")
  group.append(frame, image)
  return group
}
