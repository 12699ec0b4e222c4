// Shapes as they lie in the shared map: whatever somebody put there is read as data of a stranger, or not at all.
import type { Id, Side } from "../types"

interface Whose {
  by: Id | null
  side: Side | ""
  z: number
}

export interface Stroke extends Whose {
  kind: "stroke"
  /** x, y and pressure (0–100), one after the other. */
  points: number[]
  width: number
}

export interface Text extends Whose {
  kind: "text"
  x: number
  y: number
  size: number
  words: string
}

export interface Sticky extends Whose {
  kind: "sticky"
  x: number
  y: number
  w: number
  h: number
  size: number
  words: string
}

export interface Picture extends Whose {
  kind: "picture"
  x: number
  y: number
  w: number
  h: number
  /** The id of a file on the table. */
  file: number
  alt: string
}

export type Written = Text | Sticky
export type Shape = Stroke | Written | Picture

export const MOST_LETTERS = 2_000
const FARTHEST = 1_000_000
const MOST_POINTS = 50_000
const MOST_ALT = 200

export function shapeOf(value: unknown): Shape | null {
  if (typeof value !== "object" || value === null) return null
  const told = value as Record<string, unknown>
  return typeof told.kind === "string" && Object.hasOwn(READ, told.kind) ? READ[told.kind]!(told) : null
}

const READ: Record<string, (told: Record<string, unknown>) => Shape | null> = {
  stroke(told) {
    if (!Array.isArray(told.points) || told.points.length < 3) return null
    const whole = Math.min(told.points.length - (told.points.length % 3), MOST_POINTS * 3)
    return { kind: "stroke", ...whose(told), points: told.points.slice(0, whole).map(number), width: within(told.width, 1, 60, 3) }
  },
  text: (told) => ({ kind: "text", ...whose(told), x: number(told.x), y: number(told.y), size: within(told.size, 8, 200, 22), words: words(told.words) }),
  sticky: (told) => ({ kind: "sticky", ...whose(told), ...box(told, 20, 4_000, 160, 120), size: within(told.size, 8, 200, 16), words: words(told.words) }),
  picture(told) {
    const file = number(told.file)
    if (!Number.isInteger(file) || file < 1) return null
    return { kind: "picture", ...whose(told), ...box(told, 1, 20_000, 320, 240), file, alt: words(told.alt).slice(0, MOST_ALT) }
  },
}

function whose(told: Record<string, unknown>): Whose {
  const side = told.side === "ours" || told.side === "yours" ? told.side : ""
  const by = typeof told.by === "number" || typeof told.by === "string" ? told.by : null
  return { by, side, z: number(told.z) }
}

function box(told: Record<string, unknown>, least: number, most: number, w: number, h: number): { x: number; y: number; w: number; h: number } {
  return { x: number(told.x), y: number(told.y), w: within(told.w, least, most, w), h: within(told.h, least, most, h) }
}

function words(value: unknown): string {
  return typeof value === "string" ? value.slice(0, MOST_LETTERS) : ""
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(-FARTHEST, Math.min(FARTHEST, value)) : 0
}

function within(value: unknown, least: number, most: number, otherwise: number): number {
  const told = number(value)
  return told ? Math.max(least, Math.min(most, told)) : otherwise
}

/** Pictures lie below whatever is drawn on them; apart from that, what came later lies above. */
export function liesBelow(one: Shape, other: Shape): boolean {
  if ((one.kind === "picture") !== (other.kind === "picture")) return one.kind === "picture"
  return one.z < other.z
}
