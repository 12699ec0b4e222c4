// What the others do on the board just now: the lines they are drawing, and where they point. It goes through
// awareness, a little at a time: each message holds the last points only, with some of those before, should one be lost.
import type { Awareness } from "y-protocols/awareness"

import type { Id, Side } from "../types"
import type { Line } from "./pen"

const EVERY = 80 // milliseconds between two messages
const AGAIN = 3 // messages that tell a point
const MOST = 150 // points in one message
const STILL = 6_000
const FINISHED = 4_000 // a line that was lifted is on its way to the board; it stays in sight so long

interface Drawing {
  key: string
  width: number
  /** How many points came before those told here. */
  from: number
  /** The first x and y as they are, then how far each point is from the one before; and the pressure. */
  steps: number[]
}

/** A line of somebody else that grows, or waits for its place on the board. */
export interface Growing extends Line {
  side: Side
}

export interface Pointing {
  name: string
  id: Id
  side: Side
  x: number
  y: number
}

export interface Seen {
  lines(lines: Growing[]): void
  pointers(pointers: Map<number, Pointing>): void
}

/** Tells the others what is done here. */
export class Telling {
  #line: Line | null = null
  #pointer: { x: number; y: number } | null = null
  #told: number[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #still: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly awareness: Awareness) {}

  drawing(line: Line | null): void {
    if (line?.key !== this.#line?.key) this.#told = []
    this.#line = line
    this.#soon()
  }

  pointing(pointer: { x: number; y: number } | null): void {
    this.#pointer = pointer
    clearTimeout(this.#still)
    if (pointer) this.#still = setTimeout(() => this.pointing(null), STILL)
    this.#soon()
  }

  destroy(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#still)
    const state = this.awareness.getLocalState()
    if (state?.drawing) this.awareness.setLocalStateField("drawing", null)
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#tell()
    }, EVERY)
  }

  #tell(): void {
    const state = this.awareness.getLocalState()
    if (!state) return
    const drawing = this.#line && this.#part(this.#line)
    const pointer = this.#pointer ? { pane: "sketch", ...this.#pointer } : isOurs(state.pointer) ? null : state.pointer
    if (same(drawing, state.drawing) && same(pointer, state.pointer)) return
    this.awareness.setLocalState({ ...state, drawing, pointer })
  }

  #part(line: Line): Drawing {
    const count = line.points.length / 3
    this.#told = [...this.#told, count].slice(-AGAIN - 1)
    const from = Math.max(0, count - MOST, this.#told.length > AGAIN ? this.#told[0]! - 1 : 0)
    return { key: line.key, width: line.width, from, steps: stepped(line.points.slice(from * 3)) }
  }
}

/** Hears what the others do, and says what is to be seen of it. */
export class Company {
  readonly #lines = new Map<string, Growing>()
  readonly #lifted = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(private readonly awareness: Awareness, private readonly isPut: (key: string) => boolean, private readonly seen: Seen) {
    awareness.on("change", this.#heard)
    this.#heard()
  }

  destroy(): void {
    this.awareness.off("change", this.#heard)
    for (const timer of this.#lifted.values()) clearTimeout(timer)
  }

  /** These are on the board now. */
  put(keys: string[]): void {
    const ended = keys.filter((key) => this.#lines.has(key))
    for (const key of ended) this.#forget(key)
    if (ended.length) this.#show()
  }

  readonly #heard = (): void => {
    const growing = new Set<string>()
    const pointers = new Map<number, Pointing>()
    for (const [client, state] of this.awareness.getStates()) {
      if (client === this.awareness.clientID || !state.user) continue
      const side: Side = state.user.side === "ours" ? "ours" : "yours"
      const key = this.#grow(state.drawing, side)
      if (key) growing.add(key)
      if (isOurs(state.pointer)) pointers.set(client, { name: String(state.user.name), id: state.user.id, side, x: number(state.pointer.x), y: number(state.pointer.y) })
    }
    for (const key of this.#lines.keys()) if (!growing.has(key)) this.#lift(key)
    this.#show()
    this.seen.pointers(pointers)
  }

  #grow(told: unknown, side: Side): string | null {
    const drawing = drawingOf(told)
    if (!drawing || this.isPut(drawing.key)) return null
    const points = unstepped(drawing.steps)
    const known = this.#lines.get(drawing.key)?.points ?? []
    this.#lines.set(drawing.key, { key: drawing.key, width: drawing.width, side, points: [...known.slice(0, drawing.from * 3), ...points] })
    return drawing.key
  }

  #lift(key: string): void {
    if (this.#lifted.has(key)) return
    this.#lifted.set(key, setTimeout(() => {
      this.#forget(key)
      this.#show()
    }, FINISHED))
  }

  #forget(key: string): void {
    clearTimeout(this.#lifted.get(key))
    this.#lifted.delete(key)
    this.#lines.delete(key)
  }

  #show(): void {
    this.seen.lines([...this.#lines.values()])
  }
}

function isOurs(pointer: unknown): pointer is { x: unknown; y: unknown } {
  return (pointer as { pane?: unknown } | null | undefined)?.pane === "sketch"
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

export function stepped(points: number[]): number[] {
  return points.map((value, at) => (at < 3 || at % 3 === 2 ? value : value - points[at - 3]!))
}

export function unstepped(steps: number[]): number[] {
  const points: number[] = []
  steps.forEach((value, at) => points.push(at < 3 || at % 3 === 2 ? value : value + points[at - 3]!))
  return points
}

/** What somebody says that they draw, read as data of a stranger. */
function drawingOf(told: unknown): Drawing | null {
  const { key, width, from, steps } = (told ?? {}) as Record<string, unknown>
  if (typeof key !== "string" || !Array.isArray(steps) || steps.length < 3) return null
  const whole = Math.min(steps.length - (steps.length % 3), MOST * 3)
  return { key, width: Math.max(1, Math.min(60, number(width) || 3)), from: Math.max(0, Math.min(50_000, Math.floor(number(from)))), steps: steps.slice(0, whole).map(number) }
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(-1_000_000, Math.min(1_000_000, value)) : 0
}
