// The board: a pen, an eraser and sticky notes over the shared map "sketch", each device undoing only its own.
import * as Y from "yjs"
import { button, make } from "../dom"
import type { MountSketch, SketchGiven } from "../types"
import { speaker } from "../words"
import { Paper, svg } from "./paper"
import { curve, passes, type Stroke } from "./shapes"

type Tool = "pen" | "eraser"
const WIDTH = 3
const NOTE = { w: 160, h: 110 }
const STEP = 40

export const mountSketch: MountSketch = (element, given) => new Board(element, given)

class Board {
  readonly #map: Y.Map<unknown>
  readonly #undo: Y.UndoManager
  readonly #paper = new Paper()
  readonly #say
  readonly #summary = make("p", { class: "tiny quiet", role: "status" })
  readonly #origin = {}
  #tool: Tool = "pen"
  #line: { points: number[]; path: SVGPathElement; pointer: number } | null = null
  #count = 0
  readonly #changed = (event: Y.YMapEvent<unknown>): void => this.#draw([...event.keysChanged])

  constructor(private readonly element: HTMLElement, private readonly given: SketchGiven) {
    this.#say = speaker(given.words)
    this.#map = given.doc.getMap("sketch")
    this.#undo = new Y.UndoManager(this.#map, { trackedOrigins: new Set([this.#origin]), captureTimeout: 0 })
    this.#map.observe(this.#changed)
    const paper = this.#paper.element
    paper.setAttribute("role", "img")
    paper.setAttribute("aria-label", this.#say("sketch_board"))
    paper.addEventListener("keydown", (event) => this.#key(event))
    paper.setAttribute("tabindex", "0")
    paper.addEventListener("wheel", (event) => event.ctrlKey && (event.preventDefault(), this.#paper.zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1)), { passive: false })
    if (given.mayEdit) this.#listen(paper)
    element.replaceChildren(this.#tools(), paper, this.#summary)
    this.#draw([...this.#map.keys()])
    this.#paper.showAll()
  }

  destroy(): void {
    this.#map.unobserve(this.#changed)
    this.#undo.destroy()
    this.element.replaceChildren()
  }

  #tools(): HTMLElement {
    const say = this.#say
    const bar = make("div", { class: "cluster", role: "group", "aria-label": say("sketch_tools") })
    const small = (act: () => void, looks: Parameters<typeof button>[2]) => button("", act, { class: "button plain", ...looks })
    bar.append(
      small(() => this.#paper.showAll(), { icon: "eye", label: say("sketch_all") }),
      small(() => this.#paper.zoom(1.25), { icon: "plus", label: say("sketch_closer") }),
      small(() => this.#paper.zoom(0.8), { icon: "rule", label: say("sketch_farther") }),
    )
    if (!this.given.mayEdit) return bar
    const choices = (["pen", "eraser"] as Tool[]).map((tool) => {
      const made = small(() => choose(tool), { icon: tool === "pen" ? "write" : "trash", label: say(`sketch_${tool}`) })
      return [tool, made] as const
    })
    const choose = (tool: Tool): void => {
      this.#tool = tool
      for (const [each, made] of choices) made.setAttribute("aria-pressed", `${each === tool}`)
    }
    choose(this.#tool)
    bar.prepend(
      ...choices.map(([, made]) => made), this.#noteForm(),
      small(() => this.#undo.undo(), { icon: "undo", label: say("sketch_undo") }), small(() => this.#undo.redo(), { icon: "redo", label: say("sketch_redo") }),
    )
    return bar
  }

  #noteForm(): HTMLElement {
    const words = make("input", { class: "input", maxlength: "500", "aria-label": this.#say("sketch_note_words"), placeholder: this.#say("sketch_note") })
    const form = make("form", { class: "cluster board-say" }, words, make("button", { class: "button" }, this.#say("sketch_put")))
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      if (!words.value.trim()) return
      const [x, y] = this.#paper.middle
      this.#put({ kind: "sticky", x: Math.round(x - NOTE.w / 2), y: Math.round(y - NOTE.h / 2), ...NOTE, words: words.value.trim() })
      words.value = ""
    })
    return form
  }

  #listen(paper: SVGSVGElement): void {
    paper.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || this.#line) return
      event.preventDefault()
      paper.setPointerCapture(event.pointerId)
      if (this.#tool === "eraser") return this.#rub(event)
      const path = svg("path", { class: "board-stroke", "data-side": this.given.you.side, "stroke-width": WIDTH })
      paper.append(path)
      this.#line = { points: [], path, pointer: event.pointerId }
      this.#follow(event)
    })
    paper.addEventListener("pointermove", (event) => {
      if (this.#line?.pointer === event.pointerId) for (const each of event.getCoalescedEvents?.() ?? [event]) this.#follow(each)
      else if (this.#tool === "eraser" && paper.hasPointerCapture(event.pointerId)) this.#rub(event)
    })
    const lift = (event: PointerEvent): void => {
      if (this.#line?.pointer !== event.pointerId) return
      const { points, path } = this.#line
      this.#line = null
      path.remove()
      this.#put({ kind: "stroke", points, width: WIDTH })
    }
    paper.addEventListener("pointerup", lift)
    paper.addEventListener("pointercancel", lift)
  }

  #follow(event: PointerEvent): void {
    if (!this.#line) return
    this.#line.points.push(...this.#paper.at(event), Math.round((event.pressure || 0.5) * 100))
    this.#line.path.setAttribute("d", curve(this.#line.points))
  }

  #rub(event: PointerEvent): void {
    const [x, y] = this.#paper.at(event)
    const hit = [...this.#paper.shapes].filter(([, shape]) => shape.kind === "stroke" ? passes(shape as Stroke, x, y) < 12 : x > shape.x && x < shape.x + shape.w && y > shape.y && y < shape.y + shape.h)
    if (hit.length) this.given.doc.transact(() => hit.forEach(([key]) => this.#map.delete(key)), this.#origin)
  }

  #put(shape: Record<string, unknown>): void {
    const { doc, you } = this.given
    const key = `${doc.clientID}-${Date.now().toString(36)}-${this.#count++}`
    doc.transact(() => this.#map.set(key, { ...shape, by: you.id, side: you.side, z: this.#paper.top }), this.#origin)
  }

  #key(event: KeyboardEvent): void {
    const way = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key]
    if (way) this.#paper.pan(way[0] ?? 0, way[1] ?? 0)
    else if (event.key === "+" || event.key === "-") this.#paper.zoom(event.key === "+" ? 1.25 : 0.8)
    else return
    event.preventDefault()
  }

  #draw(keys: string[]): void {
    this.#paper.draw(keys.map((key) => [key, this.#map.get(key)]))
    const shapes = [...this.#paper.shapes.values()]
    const strokes = shapes.filter(({ kind }) => kind === "stroke").length
    const said = shapes.length ? this.#say("sketch_summary", { strokes: `${strokes}`, notes: `${shapes.length - strokes}` }) : this.#say("sketch_nothing")
    if (this.#summary.textContent !== said) this.#summary.textContent = said
  }
}
