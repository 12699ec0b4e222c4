// The board: drawn on, written on and looked at by all, over the shared map "sketch".
import { make } from "../dom"
import type { MountSketch, Say, SketchGiven } from "../types"
import { speaker } from "../words"
import { Arrow, Eraser } from "./choosing"
import { Chosen } from "./chosen"
import { Company, Telling } from "./company"
import { Hand, type Tool } from "./hand"
import { Keys } from "./keys"
import { Listening } from "./listening"
import { Paper } from "./paper"
import { Pen } from "./pen"
import { Pictures } from "./pictures"
import { BoardPointers } from "./pointers"
import { nameOf, Summary } from "./saying"
import type { Shape } from "./shapes"
import { Sheet } from "./sheet"
import { ChosenTools, looks, type ToolName, Tools } from "./tools"
import { Writing } from "./writing"

const CLOSER = 1.25
const LARGER = 1.2

export const mountSketch: MountSketch = (element, given) => new Board(element, given)

class Board {
  readonly #say: Say
  readonly #frame = make("div", { class: "board" })
  readonly #sheet: Sheet
  readonly #paper: Paper
  readonly #pointers: BoardPointers
  readonly #writing: Writing
  readonly #chosen: Chosen
  readonly #telling: Telling
  readonly #company: Company
  readonly #pictures: Pictures
  readonly #tools: Tools
  readonly #chosenTools: ChosenTools
  readonly #hand: Hand
  readonly #listening: Listening
  readonly #summary: Summary
  readonly #unwatch: () => void
  #tool: ToolName = "arrow"
  #touched: EventTarget | null = null

  constructor(private readonly element: HTMLElement, private readonly given: SketchGiven) {
    const { doc, awareness, you, mayEdit } = given
    const say = (this.#say = speaker(given.words))
    this.#sheet = new Sheet(doc, you)
    this.#paper = new Paper({ fileUrl: given.fileUrl, name: (shape) => this.#name(shape), moved: () => this.#moved() })
    this.#pointers = new BoardPointers(this.#paper.sight)
    this.#writing = new Writing(this.#paper, this.#frame, () => this.#chosen.focus())
    this.#chosen = new Chosen({ sheet: this.#sheet, paper: this.#paper, writing: this.#writing, you, mayEdit, say, shown: (shape) => this.#shown(shape), placed: () => this.#take("arrow") })
    this.#telling = new Telling(awareness)
    this.#pictures = new Pictures({ say, upload: given.upload, put: (made) => this.#chosen.put(made), sight: this.#paper.sight })
    this.#tools = this.#makeTools()
    this.#chosenTools = new ChosenTools(say, { open: () => this.#chosen.open(), smaller: () => this.#chosen.scale(1 / LARGER), larger: () => this.#chosen.scale(LARGER), remove: () => this.#chosen.remove() })
    this.#hand = new Hand(this.#inHand(), this.#paper.sight)
    this.#summary = new Summary(say, () => this.#paper.shapes.values())
    this.#lay()
    this.#company = new Company(awareness, (key) => this.#paper.shapes.has(key), { lines: (lines) => this.#paper.grow(lines), pointers: (pointers) => this.#pointers.show(pointers) })
    this.#unwatch = this.#sheet.watch((keys) => this.#draw(keys))
    this.#draw(this.#sheet.keys())
    this.#take(mayEdit ? "pen" : "arrow")
    this.#paper.showAll()
    this.#listening = this.#listen()
  }

  destroy(): void {
    this.#rest()
    this.#listening.stop()
    this.#unwatch()
    this.#company.destroy()
    this.#telling.destroy()
    this.#sheet.destroy()
    this.#summary.stop()
    this.element.replaceChildren()
  }

  #makeTools(): Tools {
    return new Tools(this.#say, {
      take: (tool) => this.#take(tool), write: (kind) => this.#chosen.write(kind), picture: () => this.#pictures.pick(),
      undo: () => this.#sheet.undo(), redo: () => this.#sheet.redo(),
    })
  }

  #lay(): void {
    const { sight, element: paper } = this.#paper
    const say = this.#say
    const { mayEdit } = this.given
    for (const [name, value] of Object.entries({ role: "group", tabindex: "0", "aria-label": say("sketch_board"), "aria-description": say(mayEdit ? "sketch_keys" : "sketch_keys_looking") })) paper.setAttribute(name, value)
    const near = looks(say, { closer: () => sight.zoom(CLOSER), farther: () => sight.zoom(1 / CLOSER), all: () => this.#paper.showAll() })
    this.#frame.prepend(paper, this.#pointers.element)
    this.#frame.append(make("div", { class: "board-foot" }, this.#chosenTools.element, near))
    this.element.replaceChildren(...(mayEdit ? [this.#tools.element] : []), this.#frame, this.#pictures.element, this.#summary.element)
  }

  /** What one finger does: who only looks has the arrow, and moves the board. */
  #inHand(): () => Tool {
    const arrow = new Arrow(this.#chosen, () => this.#paper.isHandle(this.#touched))
    const tools = { arrow, pen: this.#pen(), eraser: new Eraser(this.#paper, (keys) => this.#sheet.remove(keys), () => this.#sheet.together()) }
    return () => (this.given.mayEdit ? tools[this.#tool] : arrow)
  }

  #pen(): Pen {
    const paper = this.#paper
    return new Pen({
      at: ({ x, y }) => paper.sight.at(x, y).map(Math.round) as [number, number], scale: () => paper.sight.scale, name: () => this.#sheet.name(),
      growing: (line) => {
        paper.follow(line, this.given.you.side)
        this.#telling.drawing(line)
      },
      put: ({ key, points, width }) => void this.#sheet.put({ kind: "stroke", points, width }, key),
    })
  }

  #listen(): Listening {
    const { mayEdit } = this.given
    return new Listening(this.#frame, this.#paper, {
      hand: this.#hand, keys: new Keys(this.#chosen, this.#paper.sight), points: (place) => this.#telling.pointing(place),
      focused: (key) => this.#chosen.choose(key), rests: () => this.#rest(),
      begins: (target, at) => this.#begins(target, at),
      ...(mayEdit ? { pictures: (files: File[], at?: [number, number]) => this.#pictures.bring(files, at) } : {}),
    })
  }

  /** Where one presses, what was to be written is put, if no word of it is written yet; else it is done. */
  #begins(target: EventTarget | null, at: [number, number]): boolean {
    if (this.#writing.carry(at)) return true
    this.#touched = target
    this.#writing.rest()
    this.#chosen.rest()
    return false
  }

  #take(tool: ToolName): void {
    this.#tool = tool
    this.#tools.show(tool)
    this.#paper.element.dataset.tool = this.given.mayEdit ? tool : "looking"
    if (tool !== "arrow") this.#chosen.choose(null)
  }

  #shown(shape: Shape | null): void {
    this.#chosenTools.show(shape && this.given.mayEdit ? this.#name(shape) : null, shape?.kind ?? "")
  }

  /** Whatever is half done is kept. */
  #rest(): void {
    this.#hand.rest()
    this.#writing.rest()
    this.#chosen.rest()
  }

  #moved(): void {
    this.#pointers.place()
    this.#writing.place()
  }

  #draw(keys: string[]): void {
    this.#paper.draw(keys.map((key) => [key, this.#sheet.get(key)]))
    this.#company.put(keys)
    this.#chosen.changed(keys)
    this.#summary.changed()
  }

  #name(shape: Shape): string {
    return nameOf(shape, this.#say, this.given.nameOf)
  }
}
