// What the head of the page is given: who is here, and the ways to ask somebody in, to look back, and to end.
import type { Around } from "./around"
import type { Seats } from "./company/seats"
import { button, make } from "./dom"
import type { Table } from "./types"

export interface HeadActs {
  people(opener: HTMLElement): void
  end(opener: HTMLElement): void
  versions(opener: HTMLElement): void
}

/** The head itself stands in the template: `#booth-present` for who is here, `#booth-acts` for what one can do. */
export class Head {
  readonly done: HTMLButtonElement
  readonly #made: HTMLElement[]
  readonly #away = new AbortController()

  constructor(private readonly around: Around, seats: Seats, acts: HeadActs) {
    const { say, rows } = around
    this.done = opener(button(say("we_are_done"), () => acts.end(this.done), { icon: "check", class: "button booth-done" }))
    const versions = opener(button("", () => acts.versions(versions), { icon: "clock", class: "button plain booth-versions", label: say("versions") }))
    this.#made = [seats.element, versions, this.done]
    document.getElementById("booth-present")?.append(seats.element)
    document.getElementById("booth-acts")?.prepend(versions)
    document.getElementById("booth-acts")?.append(this.done)
    const signal = this.#away.signal
    askingIn()?.addEventListener("click", (event) => {
      event.preventDefault()
      acts.people(seats.element)
    }, { signal })
    rows.watch((table) => this.#show(table))
  }

  destroy(): void {
    for (const element of this.#made) element.remove()
    this.#away.abort()
  }

  #show({ booth }: Table): void {
    this.done.lastChild!.textContent = this.around.say(booth.state === "ended" ? "ended_head" : "we_are_done")
  }
}

/** The way to the page of links, where the reader has one; it opens the panel here, which leads there too. */
export function askingIn(): HTMLAnchorElement | null {
  return document.querySelector<HTMLAnchorElement>("a#booth-inviting")
}

/** The way to where one says whose page it is, with its `words`, for whoever may say it. */
export function sayingWhose(words: string): HTMLAnchorElement | null {
  const href = askingIn()?.dataset.whose
  return href ? make("a", { class: "link", href }, words) : null
}

function opener(made: HTMLButtonElement): HTMLButtonElement {
  made.setAttribute("aria-expanded", "false")
  return made
}
