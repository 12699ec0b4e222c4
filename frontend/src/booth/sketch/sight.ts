// The part of the board that one looks at.
import type { Box } from "./geometry"

const NEAREST = 30 // board units across
const FARTHEST = 60_000

export class Sight {
  #box: Box = [0, 0, 1, 1]

  /** `size` is that of the window onto the board, in pixels; `changed` is called after each move. */
  constructor(private readonly size: () => { width: number; height: number }, private readonly changed: () => void) {}

  get box(): Box {
    return this.#box
  }

  /** Pixels for each board unit. */
  get scale(): number {
    const { width, height } = this.size()
    return Math.min(width / this.#box[2], height / this.#box[3]) || 1
  }

  get middle(): [number, number] {
    const [left, top, width, height] = this.#box
    return [left + width / 2, top + height / 2]
  }

  show(box: Box): void {
    const [left, top, width, height] = box
    const whole = Math.max(NEAREST, Math.min(FARTHEST, width)) / width
    this.#box = [left, top, width * whole, height * whole]
    this.changed()
  }

  /** From pixels in the window to a place on the board; the box lies in its middle. */
  at(x: number, y: number): [number, number] {
    const { width, height } = this.size()
    const [middleX, middleY] = this.middle
    return [middleX + (x - width / 2) / this.scale, middleY + (y - height / 2) / this.scale]
  }

  /** And back: where a place on the board is in the window. */
  seen(x: number, y: number): [number, number] {
    const { width, height } = this.size()
    const [middleX, middleY] = this.middle
    return [width / 2 + (x - middleX) * this.scale, height / 2 + (y - middleY) * this.scale]
  }

  /** Moves the window by pixels. */
  pan(x: number, y: number): void {
    const [left, top, width, height] = this.#box
    this.show([left + x / this.scale, top + y / this.scale, width, height])
  }

  /** Comes closer or goes farther, around a place in the window (its middle otherwise). */
  zoom(by: number, x = this.size().width / 2, y = this.size().height / 2): void {
    const [placeX, placeY] = this.at(x, y)
    const [left, top, width, height] = this.#box
    const allowed = width / Math.max(NEAREST, Math.min(FARTHEST, width / by))
    this.show([placeX - (placeX - left) / allowed, placeY - (placeY - top) / allowed, width / allowed, height / allowed])
  }
}
