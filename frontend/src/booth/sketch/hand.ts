// What a hand does on the board: one finger, a pen or a mouse does what the tool does; two fingers move the board and
// come closer. A palm beside a pen does nothing.

export interface Touch {
  id: number
  kind: string // "mouse", "pen" or "touch"
  /** In pixels, from the board's corner. */
  x: number
  y: number
  /** 0–1, of a pen. */
  pressure: number
  button: number
  at: number // milliseconds
}

export interface Tool {
  begin(touch: Touch): void
  move(touch: Touch): void
  end(): void
  /** What was begun was not meant. */
  drop(): void
}

export interface Moves {
  pan(x: number, y: number): void
  zoom(by: number, x: number, y: number): void
}

const PALM = 800 // milliseconds after a pen was last near, in which a touch is a palm's
const MEANT = 250 // a line that is older, or longer, than this was meant when the second finger came
const LONG = 24
const MIDDLE = 1

export class Hand {
  readonly #fingers = new Map<number, Touch>()
  readonly #palms = new Set<number>()
  #drag: { tool: Tool; first: Touch; last: Touch } | null = null
  #pinches = false
  #penAt = -Infinity

  /** `tool` says what one finger does now. */
  constructor(private readonly tool: () => Tool, private readonly moves: Moves) {}

  down(touch: Touch): void {
    if (touch.kind === "pen") this.#penCame(touch)
    if (touch.kind === "touch") return this.#touched(touch)
    if (touch.button > MIDDLE || this.#drag) return
    this.#begin(touch, touch.button === MIDDLE ? this.#panning() : this.tool())
  }

  move(touch: Touch): void {
    if (touch.kind === "pen") this.#penAt = touch.at
    if (this.#palms.has(touch.id)) return
    const before = this.#fingers.get(touch.id)
    if (before) this.#fingers.set(touch.id, touch)
    if (this.#pinches && before) this.#pinch(before, touch)
    else if (this.#drag?.first.id === touch.id) {
      this.#drag.last = touch
      this.#drag.tool.move(touch)
    }
  }

  up(touch: Touch): void {
    if (touch.kind === "pen") this.#penAt = touch.at
    this.#fingers.delete(touch.id)
    this.#palms.delete(touch.id)
    if (this.#drag?.first.id === touch.id) this.#end()
    if (this.#fingers.size === 0) this.#pinches = false // until then, the finger that is left does not draw
  }

  /** The page goes, or the board: what was begun is kept. */
  rest(): void {
    this.#end()
    this.#fingers.clear()
    this.#palms.clear()
    this.#pinches = false
  }

  #begin(touch: Touch, tool: Tool): void {
    this.#drag = { tool, first: touch, last: touch }
    tool.begin(touch)
  }

  #end(): void {
    const drag = this.#drag
    this.#drag = null
    drag?.tool.end()
  }

  #penCame(touch: Touch): void {
    this.#penAt = touch.at
    if (this.#drag?.first.kind === "touch") this.#drop() // the palm lay down first
    for (const id of this.#fingers.keys()) this.#palms.add(id)
    this.#fingers.clear()
    this.#pinches = false
  }

  #touched(touch: Touch): void {
    const drags = this.#drag !== null && this.#drag.first.kind !== "touch"
    if (drags || touch.at - this.#penAt < PALM) return void this.#palms.add(touch.id)
    this.#fingers.set(touch.id, touch)
    if (this.#fingers.size === 1) return this.#begin(touch, this.tool())
    if (this.#drag) {
      if (meant(this.#drag.first, this.#drag.last, touch.at)) this.#end()
      else this.#drop()
    }
    this.#pinches = true
  }

  #drop(): void {
    const drag = this.#drag
    this.#drag = null
    drag?.tool.drop()
  }

  #pinch(before: Touch, now: Touch): void {
    const other = [...this.#fingers.values()].find(({ id }) => id !== now.id)
    if (!other) return
    this.moves.pan((before.x - now.x) / 2, (before.y - now.y) / 2)
    const was = Math.hypot(before.x - other.x, before.y - other.y)
    const is = Math.hypot(now.x - other.x, now.y - other.y)
    if (was > 1 && is > 1) this.moves.zoom(is / was, (now.x + other.x) / 2, (now.y + other.y) / 2)
  }

  #panning(): Tool {
    return panning((x, y) => this.moves.pan(x, y))
  }
}

/** Moves the board by hand. */
export function panning(pan: (x: number, y: number) => void): Tool {
  let last: Touch | null = null
  return {
    begin: (touch) => void (last = touch),
    move(touch) {
      if (last) pan(last.x - touch.x, last.y - touch.y)
      last = touch
    },
    end: () => void (last = null),
    drop: () => void (last = null),
  }
}

function meant(first: Touch, last: Touch, now: number): boolean {
  return now - first.at > MEANT || Math.hypot(last.x - first.x, last.y - first.y) > LONG
}
