// What happens to the board: hands, wheels, keys, and pictures that are dropped or pasted.
import { bringFiles } from "../../lib/bring"
import type { Hand, Touch } from "./hand"
import type { Keys } from "./keys"
import type { Paper } from "./paper"

const WHEEL = 0.0022
const LINE_PIXELS = 16 // of a wheel that counts in lines

export interface Heard {
  hand: Hand
  keys: Keys
  /** A hand comes, and touches `target` there on the board. Whether that was all it wanted. */
  begins(target: EventTarget | null, at: [number, number]): boolean
  points(place: { x: number; y: number } | null): void
  focused(key: string | null): void
  /** The page goes. */
  rests(): void
  /** Pictures, with the place on the board where they were dropped. Absent where nothing may be changed. */
  pictures?(files: File[], at?: [number, number]): void
}

export class Listening {
  readonly #away = new AbortController()
  #dropped: [number, number] | undefined

  constructor(private readonly frame: HTMLElement, private readonly paper: Paper, private readonly heard: Heard) {
    this.#hands()
    this.#keys()
    this.#page()
    if (heard.pictures) this.#pictures(heard.pictures.bind(heard))
  }

  stop(): void {
    this.#away.abort()
  }

  #hands(): void {
    const { element } = this.paper
    const { signal } = this.#away
    element.addEventListener("pointerdown", (event) => this.#down(event), { signal })
    element.addEventListener("pointermove", (event) => this.#move(event), { signal })
    for (const name of ["pointerup", "pointercancel"] as const) element.addEventListener(name, (event) => this.heard.hand.up(this.#touch(event)), { signal })
    element.addEventListener("pointerleave", () => this.heard.points(null), { signal })
    element.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false })
  }

  #keys(): void {
    const { element } = this.paper
    const { signal } = this.#away
    element.addEventListener("keydown", (event) => this.heard.keys.press(event) && event.preventDefault(), { signal })
    element.addEventListener("focusin", (event) => this.heard.focused(this.paper.keyOf(event.target)), { signal })
  }

  #page(): void {
    const { signal } = this.#away
    addEventListener("pagehide", () => this.heard.rests(), { signal })
    document.addEventListener("visibilitychange", () => document.hidden && this.heard.rests(), { signal })
    const size = new ResizeObserver(() => this.paper.sight.show(this.paper.sight.box))
    size.observe(this.paper.element)
    signal.addEventListener("abort", () => size.disconnect())
  }

  /** Browsers paste where the caret is, and a board has none: while it has the focus, the page's are its own. */
  #pictures(bring: (files: File[], at?: [number, number]) => void): void {
    const { signal } = this.#away
    this.frame.addEventListener("drop", (event) => void (this.#dropped = this.paper.sight.at(...this.#place(event))), { signal, capture: true })
    bringFiles(this.frame, (files, pasted) => bring([...files], pasted ? undefined : this.#dropped), signal)
    document.addEventListener("paste", (event) => {
      const files = event.clipboardData?.files
      if (!files?.length || event.defaultPrevented || !this.frame.contains(document.activeElement)) return
      event.preventDefault()
      bring([...files])
    }, { signal })
  }

  #down(event: PointerEvent): void {
    event.preventDefault()
    const { element } = this.paper
    if (this.heard.begins(event.target, this.paper.sight.at(...this.#place(event)))) return
    element.setPointerCapture(event.pointerId)
    if (!element.contains(document.activeElement)) element.focus({ preventScroll: true })
    this.heard.hand.down(this.#touch(event))
  }

  #move(event: PointerEvent): void {
    const each = event.getCoalescedEvents?.() ?? []
    for (const one of each.length ? each : [event]) this.heard.hand.move(this.#touch(one))
    if (event.pointerType === "touch") return
    const [x, y] = this.paper.sight.at(...this.#place(event))
    this.heard.points({ x: Math.round(x), y: Math.round(y) })
  }

  #touch(event: PointerEvent): Touch {
    const [x, y] = this.#place(event)
    return { id: event.pointerId, kind: event.pointerType, x, y, pressure: event.pressure, button: event.button, at: event.timeStamp }
  }

  #place({ clientX, clientY }: { clientX: number; clientY: number }): [number, number] {
    const { left, top } = this.paper.element.getBoundingClientRect()
    return [clientX - left, clientY - top]
  }

  /** With Ctrl, and by pinching on a pad, it comes closer; it moves the board only once one is at it, else the page. */
  #wheel(event: WheelEvent): void {
    const whole = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1
    const { sight, element } = this.paper
    const [across, down] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
    if (event.ctrlKey || event.metaKey) sight.zoom(Math.exp(-event.deltaY * whole * WHEEL), ...this.#place(event))
    else if (element.contains(document.activeElement)) sight.pan(across * whole, down * whole)
    else return
    event.preventDefault()
  }
}
