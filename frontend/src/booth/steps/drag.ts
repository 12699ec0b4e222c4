// Dragging a step by its grip, with a mouse, a pen or a finger.
import { type Box, makesWay, placeAt } from "./order"

const EDGE = 72
const SPEED = 14

/** Lets the rows of `list` be dragged by what matches `grip`; `moved` hears from where to where, counted in rows. */
export function draggable(list: HTMLElement, grip: string, moved: (from: number, to: number) => void): void {
  list.addEventListener("pointerdown", (event) => {
    const held = (event.target as Element).closest<HTMLElement>(grip)
    if (!held || event.button !== 0) return
    event.preventDefault()
    held.focus()
    const rows = [...list.children] as HTMLElement[]
    const from = rows.findIndex((row) => row.contains(held))
    if (from >= 0) new Drag(event, held, rows, from, moved)
  })
}

class Drag {
  readonly #boxes: Box[]
  readonly #away = new AbortController()
  readonly #startedAt: number
  #pointer: number
  #to: number
  #scrolling = 0

  constructor(event: PointerEvent, private readonly held: HTMLElement, private readonly rows: HTMLElement[], private readonly from: number, private readonly moved: (from: number, to: number) => void) {
    this.#to = from
    this.#pointer = event.clientY
    this.#startedAt = event.clientY + scrollY
    this.#boxes = rows.map((row) => {
      const { top, height } = row.getBoundingClientRect()
      return { top: top + scrollY, height }
    })
    rows[from]!.dataset.dragged = ""
    held.setPointerCapture(event.pointerId)
    const { signal } = this.#away
    held.addEventListener("pointermove", (moving) => this.#follow(moving), { signal })
    held.addEventListener("pointerup", () => this.#end(true), { signal })
    held.addEventListener("pointercancel", () => this.#end(false), { signal })
    document.addEventListener("keydown", (key) => key.key === "Escape" && this.#end(false), { signal, capture: true })
    document.addEventListener("scroll", () => this.#place(), { signal })
  }

  #follow(event: PointerEvent): void {
    this.#pointer = event.clientY
    this.#place()
    if (!this.#scrolling) this.#scrolling = requestAnimationFrame(() => this.#scroll())
  }

  #place(): void {
    const box = this.#boxes[this.from]!
    const by = this.#pointer + scrollY - this.#startedAt
    this.#to = placeAt(box.top + box.height / 2 + by, this.#boxes, this.from)
    this.rows.forEach((row, at) => {
      row.style.translate = `0 ${at === this.from ? by : makesWay(at, this.from, this.#to, box.height)}px`
    })
  }

  /** Near the edge of the window the page moves along. */
  #scroll(): void {
    this.#scrolling = 0
    if (this.#away.signal.aborted) return
    const by = this.#pointer < EDGE ? -SPEED : this.#pointer > innerHeight - EDGE ? SPEED : 0
    if (!by) return
    scrollBy(0, by)
    this.#scrolling = requestAnimationFrame(() => this.#scroll())
  }

  #end(stays: boolean): void {
    this.#away.abort()
    cancelAnimationFrame(this.#scrolling)
    delete this.rows[this.from]!.dataset.dragged
    for (const row of this.rows) row.style.translate = ""
    if (stays && this.#to !== this.from) this.moved(this.from, this.#to)
    this.held.focus()
  }
}
