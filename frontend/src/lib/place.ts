// Where the reader is: what has the focus, and what stood around it. What is drawn anew leaves the focus on the same
// control; where that is gone it goes to what stood nearest, else to the heading: never back to the start of the page.
import { controlsOf, kindOf, nameOf, rest, startOf, usable } from "./controls"

/** Draws something anew in `region`, and leaves the reader where they are. */
export function keepPlace(region: Element, draw: () => void): void {
  const place = Place.in(region)
  draw()
  place?.restore()
  place?.carryOver()
}

export class Place {
  readonly #name: string
  readonly #kind: string
  readonly #order: HTMLElement[]
  readonly #names: string[]
  readonly #around: Element[] = []
  readonly #path: number[] = []

  /** The place in `region` that has the focus; null when it is not in there. */
  static in(region: Element): Place | null {
    const now = document.activeElement
    return now instanceof HTMLElement && now !== document.body && region.contains(now) ? new Place(region, now) : null
  }

  private constructor(private readonly region: Element, private readonly control: HTMLElement) {
    this.#name = nameOf(control)
    this.#kind = kindOf(control)
    this.#order = controlsOf(region)
    this.#names = this.#order.map(nameOf)
    for (let each: Element = control; each !== region && each.parentElement; each = each.parentElement) {
      this.#around.push(each.parentElement)
      this.#path.unshift([...each.parentElement.children].indexOf(each))
    }
  }

  /** Puts the focus back where it fell away, or came to lie on something else. `elsewhere`: the region shows another page now. */
  restore(elsewhere = false): void {
    if (this.#wentOn()) return
    const now = this.#same() ?? (elsewhere ? null : this.#nearest()) ?? startOf(this.region)
    if (now !== document.activeElement) rest(now)
  }

  /** A field that was made anew under the reader's hands gets the words and the caret of the old one. */
  carryOver(): void {
    const [from, to] = [this.control, document.activeElement]
    if (from === to || !isText(from) || !isText(to) || nameOf(to) !== this.#name) return
    if (from.value !== from.defaultValue) to.value = from.value
    if (from.selectionStart !== null) to.setSelectionRange(from.selectionStart, from.selectionEnd, from.selectionDirection ?? "none")
  }

  /** Whether the focus went to something else meanwhile, by somebody's own will. */
  #wentOn(): boolean {
    const now = document.activeElement
    return now instanceof HTMLElement && now !== document.body && now !== this.control && usable(now)
  }

  /** The same control: the very element, or else the one of its name, of several the one in its turn. */
  #same(): HTMLElement | null {
    const stays = usable(this.control) && this.region.contains(this.control)
    if (stays && nameOf(this.control) === this.#name) return this.control
    const turn = this.#names.slice(0, this.#order.indexOf(this.control)).filter((name) => name === this.#name).length
    const named = controlsOf(this.region).filter((each) => usable(each) && nameOf(each) === this.#name)
    return named[turn] ?? named.at(-1) ?? this.#instead() ?? (stays ? this.control : null)
  }

  /** What the control itself names for when it is laid aside, as a note's field does once the note is kept. */
  #instead(): HTMLElement | null {
    const named = document.getElementById(this.control.dataset.instead ?? "")
    return named && usable(named) && this.region.contains(named) ? named : null
  }

  /** In the closest part that is left: what stands in its position now, else what stood beside it. */
  #nearest(): HTMLElement | null {
    for (const [steps, part] of this.#around.entries()) {
      const found = part.isConnected && (this.#inPosition(part, steps + 1) ?? this.#beside(part))
      if (found) return found
    }
    return null
  }

  /** The next control that is left in `part`, else the one before; rather of the same kind where an item has several. */
  #beside(part: Element): HTMLElement | null {
    const now = controlsOf(part).filter(usable)
    const named = new Map(now.map((each) => [nameOf(each), each]))
    const left = this.#order.map((each, place) => (now.includes(each) ? each : named.get(this.#names[place]!)))
    const place = this.#order.indexOf(this.control)
    const found = left.slice(place + 1).find(Boolean) ?? left.slice(0, Math.max(0, place)).reverse().find(Boolean)
    const item = found && [...part.children].find((child) => child.contains(found))
    return now.find((each) => item?.contains(each) && kindOf(each) === this.#kind) ?? found ?? null
  }

  /** What is of its kind now at the end of the last `steps` of its path, which lead through `part`. */
  #inPosition(part: Element, steps: number): HTMLElement | null {
    let now: Element | undefined = part
    for (const step of this.#path.slice(-steps)) now = now?.children[step]
    return now instanceof HTMLElement && usable(now) && kindOf(now) === this.#kind ? now : null
  }
}

function isText(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
}
