// Shapes as they lie in the shared map: whatever somebody put there is read as data of a stranger, or not at all.
import type { Side } from "../types"

export interface Stroke {
  kind: "stroke"
  side: Side | ""
  /** x, y and pressure (0–100), one after the other. */
  points: number[]
  width: number
  z: number
}

export interface Sticky {
  kind: "sticky"
  side: Side | ""
  x: number
  y: number
  w: number
  h: number
  words: string
  z: number
}

export type Shape = Stroke | Sticky

const FARTHEST = 1_000_000
const MOST_POINTS = 50_000
const MOST_LETTERS = 2_000

export function shapeOf(value: unknown): Shape | null {
  if (typeof value !== "object" || value === null) return null
  const told = value as Record<string, unknown>
  const side = told.side === "ours" || told.side === "yours" ? told.side : ""
  if (told.kind === "stroke" && Array.isArray(told.points) && told.points.length >= 3) {
    const whole = Math.min(told.points.length - (told.points.length % 3), MOST_POINTS * 3)
    return { kind: "stroke", side, points: told.points.slice(0, whole).map(number), width: within(told.width, 1, 60, 3), z: number(told.z) }
  }
  if (told.kind === "sticky") {
    const words = typeof told.words === "string" ? told.words.slice(0, MOST_LETTERS) : ""
    return { kind: "sticky", side, x: number(told.x), y: number(told.y), w: within(told.w, 20, 4_000, 160), h: within(told.h, 20, 4_000, 120), words, z: number(told.z) }
  }
  return null
}

/** A line through the middles between the points, each point a handle: as smooth as it was drawn. */
export function curve(points: number[]): string {
  const at = (place: number): [number, number] => [points[place * 3] ?? 0, points[place * 3 + 1] ?? 0]
  const count = Math.floor(points.length / 3)
  const [x, y] = at(0)
  if (count < 2) return `M${x} ${y}l.1 0`
  const middle = (place: number): string => {
    const [ax, ay] = at(place)
    const [bx, by] = at(place + 1)
    return `${(ax + bx) / 2} ${(ay + by) / 2}`
  }
  let path = `M${x} ${y}L${middle(0)}`
  for (let place = 1; place < count - 1; place++) path += `Q${at(place).join(" ")} ${middle(place)}`
  return `${path}L${at(count - 1).join(" ")}`
}

/** How far a stroke passes from a point, by its points. */
export function passes({ points }: Stroke, x: number, y: number): number {
  let nearest = Infinity
  for (let place = 0; place < points.length; place += 3) nearest = Math.min(nearest, Math.hypot((points[place] ?? 0) - x, (points[place + 1] ?? 0) - y))
  return nearest
}

/** The box around everything, with a margin: left, top, width, height. */
export function around(shapes: Iterable<Shape>): [number, number, number, number] {
  let [left, top, right, bottom] = [0, 0, 640, 360]
  const reach = (x: number, y: number): void => {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  for (const shape of shapes) {
    if (shape.kind === "sticky") {
      reach(shape.x, shape.y)
      reach(shape.x + shape.w, shape.y + shape.h)
    } else for (let place = 0; place < shape.points.length; place += 3) reach(shape.points[place] ?? 0, shape.points[place + 1] ?? 0)
  }
  return [left - 24, top - 24, right - left + 48, bottom - top + 48]
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(-FARTHEST, Math.min(FARTHEST, value)) : 0
}

function within(value: unknown, least: number, most: number, otherwise: number): number {
  const told = number(value)
  return told ? Math.max(least, Math.min(most, told)) : otherwise
}
