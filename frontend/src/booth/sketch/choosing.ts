// The arrow: chooses a shape, moves it, makes it larger; on an empty place it moves the board.
import { boxOf, moved, scaled } from "./geometry"
import type { Tool, Touch } from "./hand"
import type { Paper } from "./paper"
import type { Shape } from "./shapes"

const FINGER = 10 // pixels around a place
const STARTS = 4 // pixels; less is a tap
const TWICE = 350 // milliseconds between the two taps that open words

export interface Choice {
  readonly paper: Paper
  readonly mayEdit: boolean
  /** The name of what is chosen. */
  readonly key: string | null
  choose(key: string | null): void
  change(key: string, shape: Shape): void
  /** Tapped twice: on a shape, or on an empty place. */
  tapped(x: number, y: number): void
}

export class Arrow implements Tool {
  #grip: { key: string; shape: Shape; now: Shape; sizes: boolean } | null = null
  #first: Touch | null = null
  #last: Touch | null = null
  #goes = false
  #tapped: { at: number; x: number; y: number } | null = null

  /** `onHandle` says whether what is being touched is the handle of what is chosen. */
  constructor(private readonly choice: Choice, private readonly onHandle: (touch: Touch) => boolean) {}

  begin(touch: Touch): void {
    const { choice } = this
    const [x, y] = choice.paper.sight.at(touch.x, touch.y)
    const sizes = choice.key !== null && this.onHandle(touch)
    const key = sizes ? choice.key : choice.paper.found(x, y, FINGER)
    this.#first = this.#last = touch
    this.#goes = false
    if (!sizes) choice.choose(key)
    const shape = key === null ? undefined : choice.paper.shapes.get(key)
    this.#grip = shape && choice.mayEdit ? { key: key!, shape, now: shape, sizes } : null
  }

  move(touch: Touch): void {
    const first = this.#first!
    this.#goes ||= Math.hypot(touch.x - first.x, touch.y - first.y) > STARTS
    if (!this.#goes) return
    if (this.#grip) this.#drag(touch)
    else this.choice.paper.sight.pan(this.#last!.x - touch.x, this.#last!.y - touch.y)
    this.#last = touch
  }

  end(): void {
    const grip = this.#grip
    const first = this.#first
    this.#grip = this.#first = null
    if (grip && grip.now !== grip.shape) this.choice.change(grip.key, grip.now)
    else if (first && !this.#goes) this.#tap(first)
  }

  drop(): void {
    const grip = this.#grip
    this.#grip = this.#first = null
    if (grip) this.choice.paper.draw([[grip.key, grip.shape]])
  }

  #drag(touch: Touch): void {
    const grip = this.#grip!
    const { paper } = this.choice
    const [x, y] = paper.sight.at(touch.x, touch.y)
    const [fromX, fromY] = paper.sight.at(this.#first!.x, this.#first!.y)
    grip.now = grip.sizes ? sized(grip.shape, x, y) : moved(grip.shape, Math.round(x - fromX), Math.round(y - fromY))
    paper.draw([[grip.key, grip.now]])
    paper.frame(grip.now)
  }

  #tap(touch: Touch): void {
    const before = this.#tapped
    this.#tapped = { at: touch.at, x: touch.x, y: touch.y }
    if (!before || touch.at - before.at > TWICE || Math.hypot(touch.x - before.x, touch.y - before.y) > 2 * FINGER) return
    this.#tapped = null
    this.choice.tapped(...this.choice.paper.sight.at(touch.x, touch.y))
  }
}

/** The shape so large that its end corner is at this place. */
function sized(shape: Shape, x: number, y: number): Shape {
  const [left, top, width, height] = boxOf(shape)
  if (shape.kind === "sticky") return { ...shape, w: Math.round(Math.max(60, x - left)), h: Math.round(Math.max(40, y - top)) }
  return scaled(shape, Math.max((x - left) / width, (y - top) / height, 0.02))
}

/** The eraser: takes away what it passes over; pictures stay, for they lie below. */
export class Eraser implements Tool {
  #done: (() => void) | null = null

  constructor(private readonly paper: Paper, private readonly remove: (keys: string[]) => void, private readonly together: () => () => void) {}

  begin(touch: Touch): void {
    this.#done = this.together()
    this.move(touch)
  }

  move(touch: Touch): void {
    const [x, y] = this.paper.sight.at(touch.x, touch.y)
    const key = this.paper.found(x, y, FINGER)
    if (key !== null && this.paper.shapes.get(key)?.kind !== "picture") this.remove([key])
  }

  end(): void {
    this.#done?.()
    this.#done = null
  }

  drop(): void {
    this.end()
  }
}
