// The pen: a line that follows the hand, and is put on the board when the hand lifts.
import type { Tool, Touch } from "./hand"

export interface Line {
  key: string
  width: number
  points: number[]
}

export interface Paper {
  /** From the window to the board, in whole units. */
  at(touch: Touch): [number, number]
  scale(): number
  name(): string
  /** The line as it is now; null when there is none any more. */
  growing(line: Line | null): void
  put(line: Line): void
}

const WIDTH = 3
const EVEN = 50 // how hard a mouse and a finger press
const APART = 1.5 // pixels; nearer points say nothing
const LONGEST = 4_000 // points of one line; a longer one goes on as the next

export class Pen implements Tool {
  #line: Line | null = null

  constructor(private readonly paper: Paper) {}

  begin(touch: Touch): void {
    this.#line = { key: this.paper.name(), width: WIDTH, points: [] }
    this.#add(touch)
  }

  move(touch: Touch): void {
    this.#add(touch)
  }

  end(): void {
    const line = this.#line
    this.#line = null
    if (line) this.paper.put(line)
    this.paper.growing(null)
  }

  drop(): void {
    this.#line = null
    this.paper.growing(null)
  }

  #add(touch: Touch): void {
    const line = this.#line
    if (!line) return
    const [x, y] = this.paper.at(touch)
    const { points } = line
    const [lastX, lastY] = points.slice(-3)
    if (lastX !== undefined && Math.hypot(x - lastX, y - lastY!) < Math.max(1, APART / this.paper.scale())) return
    points.push(x, y, touch.kind === "pen" ? Math.max(1, Math.round(touch.pressure * 100)) : EVEN)
    if (points.length >= LONGEST * 3) this.#goOn(line)
    else this.paper.growing(line)
  }

  #goOn(line: Line): void {
    this.paper.put(line)
    this.#line = { ...line, key: this.paper.name(), points: line.points.slice(-3) }
    this.paper.growing(this.#line)
  }
}
