// The board by keyboard: Tab walks from shape to shape, arrows move the one that has the focus, or else the board.
import type { Moves } from "./hand"

export interface Walk {
  /** The names of all shapes, in the order in which one walks. */
  order(): string[]
  /** The one that has the focus; null: the board itself. */
  at(): string | null
  go(key: string | null): void
  /** Moves what has the focus, by board units. */
  nudge(x: number, y: number): void
  remove(): void
  /** Makes what has the focus so many times as large. */
  scale(by: number): void
  open(): void
  undo(): void
  redo(): void
}

const FAR = 10
const STEP = 40 // pixels
const CLOSER = 1.25
const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

export class Keys {
  #leaves = false

  constructor(private readonly walk: Walk, private readonly moves: Pick<Moves, "pan"> & { zoom(by: number): void }) {}

  /** True when the key meant something here. */
  press(event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">): boolean {
    const leaves = this.#leaves
    this.#leaves = false
    if (event.ctrlKey || event.metaKey) return this.#control(event)
    if (event.altKey) return false
    if (event.key === "Tab") return !leaves && this.#step(event.shiftKey)
    if (event.key === "Escape") return this.#leave()
    return this.#way(event) || this.#act(event.key)
  }

  #control({ key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">): boolean {
    const letter = key.toLowerCase()
    if (letter !== "z" && letter !== "y") return false
    if (letter === "y" || shiftKey) this.walk.redo()
    else this.walk.undo()
    return true
  }

  #step(back: boolean): boolean {
    const order = this.walk.order()
    const at = this.walk.at()
    const place = at === null ? -1 : order.indexOf(at)
    const next = place + (back ? -1 : 1)
    if (at === null && back) return false
    if (next >= order.length) return false
    this.walk.go(next < 0 ? null : order[next]!)
    return true
  }

  /** Back to the board itself; from there Tab leads on in the page, past all shapes. */
  #leave(): boolean {
    if (this.walk.at() !== null) this.walk.go(null)
    this.#leaves = true
    return true
  }

  #way({ key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">): boolean {
    const [x, y] = WAYS[key] ?? [0, 0]
    if (!x && !y) return false
    const far = shiftKey ? 1 : FAR
    if (this.walk.at() === null) this.moves.pan(x * STEP, y * STEP)
    else this.walk.nudge(x * far, y * far)
    return true
  }

  #act(key: string): boolean {
    const isBoard = this.walk.at() === null
    const by = key === "+" || key === "=" ? CLOSER : key === "-" ? 1 / CLOSER : 0
    if (by && isBoard) this.moves.zoom(by)
    else if (by) this.walk.scale(by)
    else if (isBoard) return false
    else if (key === "Delete" || key === "Backspace") this.walk.remove()
    else if (key === "Enter") this.walk.open()
    else return false
    return true
  }
}
