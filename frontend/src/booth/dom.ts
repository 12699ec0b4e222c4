// Making elements of the page, and keeping those that stay.
import { drawn, make } from "../lib/drawings"
import { PATHS } from "./icons"
import type { Side, Whose } from "./types"

export { make }

export function icon(name: keyof typeof PATHS, small = false): SVGSVGElement {
  const svg = drawn(PATHS[name], small)
  if (name === "undo" || name === "redo") svg.dataset.turns = ""
  return svg
}

interface Looks {
  icon?: keyof typeof PATHS
  class?: string
  /** Read aloud instead of what is shown; shown alone where `words` are empty. */
  label?: string
}

export function button(words: string, act: (event: MouseEvent) => void, looks: Looks = {}): HTMLButtonElement {
  const made = make("button", { type: "button", class: looks.class ?? "button" })
  if (looks.icon) made.append(icon(looks.icon))
  if (words) made.append(words)
  if (looks.label) made.setAttribute("aria-label", looks.label)
  if (looks.label && !words) made.title = looks.label
  made.addEventListener("click", act)
  return made
}

export function seat(whose: Whose, large = false): HTMLElement {
  const attributes = { class: "seat", "data-whose": whose, "aria-hidden": "true", ...(large ? { "data-size": "l" } : {}) }
  return make("span", attributes)
}

export function time(at: string, words: string, full: string): HTMLTimeElement {
  return make("time", { datetime: at, title: full }, words)
}

/** A choice of a few, in words; `chosen` is called with the value of the one that was tapped. */
export function taps(name: string, label: string, options: [string, ...(Node | string)[]][], value: string, chosen: (value: string) => void): HTMLFieldSetElement {
  const box = make("fieldset", { class: "taps" }, make("legend", { class: "unseen" }, label))
  for (const [key, ...shown] of options) {
    const input = make("input", { type: "radio", name, value: key })
    input.checked = key === value
    input.addEventListener("change", () => chosen(key))
    box.append(make("label", {}, input, ...shown))
  }
  return box
}

export function field(label: string, input: HTMLElement): HTMLElement {
  input.id ||= `field-${++fields}`
  return make("div", { class: "field" }, make("label", { for: input.id }, label), input)
}

let fields = 0

/** Sets what an element says, and touches nothing where it says so already. */
export function tell(element: Element, words: string): void {
  if (element.textContent !== words) element.textContent = words
}

/** Colours by side go through an attribute: inline styles are not allowed. */
export function sided(element: HTMLElement, side: Side): HTMLElement {
  element.dataset.side = side
  return element
}

/** Brings the children of `list` in step with `items`: each keeps its element, and the focus stays where it was. */
export class Keyed<Item, Row extends HTMLElement> {
  readonly #elements = new Map<string, Row>()

  constructor(
    private readonly list: HTMLElement,
    private readonly key: (item: Item) => string,
    private readonly create: (item: Item) => Row,
    private readonly update: (element: Row, item: Item) => void,
  ) {}

  show(items: Item[]): void {
    const focused = document.activeElement as HTMLElement | null
    const keys = items.map(this.key)
    this.#drop(new Set(keys))
    let before: ChildNode | null = this.list.firstChild
    items.forEach((item, at) => {
      const element = this.#elementOf(keys[at]!, item)
      if (element === before) before = element.nextSibling
      else this.list.insertBefore(element, before)
      this.update(element, item)
    })
    if (focused && focused !== document.activeElement && this.list.contains(focused)) focused.focus({ preventScroll: true })
  }

  get(key: string): Row | undefined {
    return this.#elements.get(key)
  }

  /** Lets a row go on under another name: ours, until the server gave it its own. */
  rename(from: string, to: string): void {
    const element = this.#elements.get(from)
    if (!element || this.#elements.has(to)) return
    this.#elements.delete(from)
    this.#elements.set(to, element)
  }

  #elementOf(key: string, item: Item): Row {
    const known = this.#elements.get(key)
    if (known) return known
    const made = this.create(item)
    this.#elements.set(key, made)
    return made
  }

  #drop(keys: Set<string>): void {
    for (const [key, element] of this.#elements) {
      if (keys.has(key)) continue
      element.remove()
      this.#elements.delete(key)
    }
  }
}
