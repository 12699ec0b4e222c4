// "Look here": one asks the others to look at a part of the page, or at one step. Nobody's page is moved for them.
import { type Around, nameOf, othersHere, states } from "../around"
import { button } from "../dom"
import type { Id, Pane, Present } from "../types"

const STANDS = 10_000
const RING = 4_000

export class Looking {
  readonly #buttons: HTMLButtonElement[] = []
  readonly #seen = new Map<number, string>()
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `show` brings a pane into sight, where only one is shown at a time. */
  constructor(private readonly around: Around, private readonly show: (pane: Pane) => void) {
    around.awareness.on("change", this.#changed)
  }

  destroy(): void {
    clearTimeout(this.#timer)
    this.around.awareness.off("change", this.#changed)
  }

  /** A button for the head of a pane; there is one only while others are here. */
  button(pane: Pane): HTMLButtonElement {
    const made = button("", () => this.ask(pane, null), { icon: "eye", class: "button plain look-here", label: this.around.say("look_here") })
    made.hidden = true
    this.#buttons.push(made)
    return made
  }

  ask(pane: Pane, id: Id | null): void {
    const { awareness, say, notices } = this.around
    if (!othersHere(this.around).length) return notices.show("looking", { words: say("nobody_to_look"), icon: "eye", lasts: STANDS })
    awareness.setLocalStateField("looking", { pane, id })
    this.around.announce(say("asked_to_look"))
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => awareness.setLocalStateField("looking", null), STANDS)
  }

  readonly #changed = (): void => {
    const others = othersHere(this.around).length > 0
    for (const each of this.#buttons) each.hidden = !others
    for (const [client, state] of states(this.around.awareness)) {
      if (client !== this.around.awareness.clientID) this.#hear(client, state)
    }
  }

  #hear(client: number, { looking, user }: Present): void {
    const asked = looking ? JSON.stringify(looking) : ""
    if ((this.#seen.get(client) ?? "") === asked) return
    this.#seen.set(client, asked)
    if (!looking || !user) return
    const { say, notices } = this.around
    const words = say(`look_at_${PANES.has(looking.pane) ? looking.pane : "goal"}`, { name: nameOf(this.around, user.id) })
    notices.show("looking", { words, kind: "kind", icon: "eye", lasts: 2 * STANDS, acts: [{ words: say("show_me"), act: () => this.#go(looking) }] })
  }

  #go({ pane, id }: { pane: Pane; id: Id | null }): void {
    this.show(pane)
    const section = this.around.element.querySelector<HTMLElement>(`[data-pane="${CSS.escape(pane)}"]`)
    const at = (id !== null && section?.querySelector<HTMLElement>(`[data-id="${CSS.escape(String(id))}"]`)) || section
    if (!at) return
    at.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" })
    const reads = at.querySelector<HTMLElement>(at === section ? "h1, h2" : ".step-words")
    if (reads && at === section) reads.tabIndex = -1
    reads?.focus({ preventScroll: true })
    at.dataset.looked = ""
    setTimeout(() => delete at.dataset.looked, RING)
  }
}

const PANES = new Set<string>(["steps", "notes", "sketch", "goal"])
