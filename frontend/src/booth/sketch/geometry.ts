// Where shapes lie: boxes, what a finger meets, moving, and making larger. In board units: pixels at zoom 1.
import type { Shape, Stroke, Text } from "./shapes"

/** Left, top, width, height. */
export type Box = [number, number, number, number]

export const LINE = 1.3 // of a letter's size
const LETTER = 0.55
const INSET = 10
const SIGHT: Box = [0, 0, 640, 360]
const MARGIN = 24

/** The rows that words are set in, where so many letters fit into one. */
export function rows(words: string, fits = Infinity): string[] {
  return words.split("\n").flatMap((line) => {
    const set = [""]
    for (const word of line.split(" ")) {
      const row = set[set.length - 1]!
      if (row && row.length + 1 + word.length > fits) set.push(word)
      else set[set.length - 1] = row ? `${row} ${word}` : word
    }
    return set
  })
}

/** How many letters fit into a row of a note. */
export function fits(width: number, size: number): number {
  return Math.max(4, Math.floor((width - 2 * INSET) / (size * LETTER)))
}

/** How high a note must be, so that nothing sticks out of it. */
export function heightOf(words: string, width: number, size: number): number {
  return Math.ceil(rows(words, fits(width, size)).length * size * LINE + 2 * INSET)
}

export function boxOf(shape: Shape): Box {
  if (shape.kind === "stroke") return boxAround(shape.points, shape.width / 2)
  if (shape.kind === "text") return [shape.x, shape.y, widthOf(shape), rows(shape.words).length * shape.size * LINE]
  return [shape.x, shape.y, shape.w, shape.h]
}

function widthOf({ words, size }: Text): number {
  return Math.max(1, ...rows(words).map((row) => row.length)) * size * LETTER
}

function boxAround(points: number[], more: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let place = 0; place < points.length; place += 3) {
    left = Math.min(left, points[place]!)
    right = Math.max(right, points[place]!)
    top = Math.min(top, points[place + 1]!)
    bottom = Math.max(bottom, points[place + 1]!)
  }
  return [left - more, top - more, right - left + 2 * more, bottom - top + 2 * more]
}

/** The box around everything, with a margin; never smaller than an empty board. */
export function around(shapes: Iterable<Shape>): Box {
  let [left, top, width, height] = SIGHT
  let [right, bottom] = [left + width, top + height]
  for (const shape of shapes) {
    ;[left, top, width, height] = joined([left, top], boxOf(shape))
    right = Math.max(right, width)
    bottom = Math.max(bottom, height)
  }
  return [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN]
}

function joined([left, top]: [number, number], [x, y, w, h]: Box): [number, number, number, number] {
  return [Math.min(left, x), Math.min(top, y), x + w, y + h]
}

/** Whether a finger at this place, of this size, meets the shape. */
export function meets(shape: Shape, x: number, y: number, reach: number): boolean {
  if (shape.kind === "stroke") return passes(shape, x, y) <= reach + shape.width / 2
  const [left, top, width, height] = boxOf(shape)
  return x >= left - reach && x <= left + width + reach && y >= top - reach && y <= top + height + reach
}

/** How far a stroke passes from a point. */
export function passes({ points }: Pick<Stroke, "points">, x: number, y: number): number {
  let nearest = Math.hypot(points[0]! - x, points[1]! - y)
  for (let place = 3; place < points.length; place += 3) {
    nearest = Math.min(nearest, fromLine(x, y, points[place - 3]!, points[place - 2]!, points[place]!, points[place + 1]!))
  }
  return nearest
}

function fromLine(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = dx || dy ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy))) : 0
  return Math.hypot(ax + along * dx - x, ay + along * dy - y)
}

export function moved<One extends Shape>(shape: One, x: number, y: number): One {
  if (shape.kind === "stroke") return { ...shape, points: shape.points.map((value, at) => (at % 3 === 0 ? value + x : at % 3 === 1 ? value + y : value)) }
  return { ...shape, x: shape.x + x, y: shape.y + y }
}

/** The shape larger or smaller, its start corner where it was; a stroke stays as it is. */
export function scaled(shape: Shape, by: number): Shape {
  if (shape.kind === "stroke") return shape
  if (shape.kind === "text") return { ...shape, size: bounded(shape.size * by, 8, 200) }
  if (shape.kind === "picture") {
    const whole = bounded(shape.w * by, 24, 20_000) / shape.w
    return { ...shape, w: Math.round(shape.w * whole), h: Math.max(1, Math.round(shape.h * whole)) }
  }
  const w = bounded(shape.w * by, 60, 4_000)
  return { ...shape, w, h: bounded(Math.max(shape.h * by, heightOf(shape.words, w, shape.size)), 40, 4_000) }
}

function bounded(value: number, least: number, most: number): number {
  return Math.round(Math.max(least, Math.min(most, value)))
}
