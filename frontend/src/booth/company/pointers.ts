// Where the others point: a small arrow with a name, in the pane that they point at.
import { type Around, nameOf, othersHere, states } from "../around"
import { icon, make, sided, tell } from "../dom"
import type { Pane, Present, Side } from "../types"

const EVERY = 60 // milliseconds between two places that are told
const STILL = 6_000
const FLIPS = 850 // so near the end edge a name stands on the other side of its arrow
const WHOLE = 1000 // a place is told in thousandths of the pane, from its start edge and its top
/** The board shows its own. */
const PANES: Pane[] = ["goal", "steps", "notes"]

export class Pointers {
  readonly #layers = new Map<Pane, HTMLElement>()
  readonly #shown = new Map<number, HTMLElement>()
  readonly #away = new AbortController()
  #next: Present["pointer"] = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #still: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly around: Around) {
    const { signal } = this.#away
    around.element.addEventListener("pointermove", (event) => this.#moved(event), { signal, passive: true })
    around.element.addEventListener("pointerleave", () => this.#tell(null), { signal })
    around.awareness.on("change", this.#show)
  }

  destroy(): void {
    this.#away.abort()
    clearTimeout(this.#timer)
    clearTimeout(this.#still)
    this.around.awareness.off("change", this.#show)
  }

  #moved(event: PointerEvent): void {
    if (event.pointerType === "touch" || !othersHere(this.around).length) return
    const section = (event.target as Element).closest<HTMLElement>("[data-pane]")
    const pane = section?.dataset.pane as Pane | undefined
    if (pane === "sketch") return
    this.#tell(section && pane ? { pane, ...placeIn(section.getBoundingClientRect(), event.clientX, event.clientY, isRtl(section)) } : null)
    clearTimeout(this.#still)
    this.#still = setTimeout(() => this.#tell(null), STILL)
  }

  #tell(pointer: Present["pointer"]): void {
    this.#next = pointer
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      const { awareness } = this.around
      if (JSON.stringify(states(awareness).get(awareness.clientID)?.pointer ?? null) === JSON.stringify(this.#next)) return
      awareness.setLocalStateField("pointer", this.#next)
    }, EVERY)
  }

  readonly #show = (): void => {
    const { awareness } = this.around
    const now = states(awareness)
    for (const [client, element] of this.#shown) {
      if (isHere(now.get(client))) continue
      element.remove()
      this.#shown.delete(client)
    }
    for (const [client, state] of now) if (client !== awareness.clientID && isHere(state)) this.#put(client, state)
  }

  #put(client: number, { pointer, user }: Present): void {
    const element = this.#shown.get(client) ?? make("span", { class: "pointer" }, icon("pointer"), make("span", { class: "pointer-name" }))
    this.#shown.set(client, element)
    sided(element, user!.side === "ours" ? "ours" : ("yours" satisfies Side))
    tell(element.lastElementChild!, nameOf(this.around, user!.id))
    element.toggleAttribute("data-flips", clamped(pointer!.x) > FLIPS)
    element.style.insetInlineStart = `${clamped(pointer!.x) / 10}%`
    element.style.insetBlockStart = `${clamped(pointer!.y) / 10}%`
    const layer = this.#layer(pointer!.pane)
    if (layer && element.parentElement !== layer) layer.append(element)
  }

  #layer(pane: Pane): HTMLElement | null {
    const known = this.#layers.get(pane)
    if (known?.isConnected) return known
    const section = this.around.element.querySelector<HTMLElement>(`[data-pane="${pane}"]`)
    if (!section) return null
    const layer = make("div", { class: "pointers", "aria-hidden": "true" })
    section.append(layer)
    this.#layers.set(pane, layer)
    return layer
  }
}

function isHere(state: Present | undefined): state is Present {
  return Boolean(state?.user && state.pointer && PANES.includes(state.pointer.pane))
}

/** A place in a box, in thousandths from its start edge and its top. */
export function placeIn(box: { left: number; top: number; width: number; height: number }, x: number, y: number, rtl: boolean): { x: number; y: number } {
  const across = ((x - box.left) / box.width) * WHOLE
  return { x: clamped(rtl ? WHOLE - across : across), y: clamped(((y - box.top) / box.height) * WHOLE) }
}

function clamped(value: number): number {
  return Math.round(Math.min(WHOLE, Math.max(0, Number(value) || 0)))
}

function isRtl(element: HTMLElement): boolean {
  return getComputedStyle(element).direction === "rtl"
}
