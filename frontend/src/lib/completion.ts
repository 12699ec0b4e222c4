// A list of what may be meant, under a field: fetched, moved through with arrows, chosen with Enter, Tab or a click.
import { make } from "./drawings"
import { askJSON, withQuery } from "./request"

export interface Result {
  value: string
  name: string
  hint?: string
  /** Leads somewhere instead of being put in. */
  href?: string
}

/** Asks one of the completion addresses; a failure means that nothing is offered. */
export async function complete(url: string, query: string, signal: AbortSignal): Promise<Result[]> {
  try {
    return (await askJSON<{ results: Result[] }>(withQuery(url, query), { signal })).results ?? []
  } catch {
    return []
  }
}

export class Completion {
  #results: Result[] = []
  #chosen = -1
  #asking: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly field: HTMLInputElement | HTMLTextAreaElement,
    private readonly list: HTMLElement,
    private readonly pick: (result: Result) => void,
  ) {
    list.addEventListener("mousedown", (event) => event.preventDefault())
    list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]")
      if (option) this.#take(Number(option.dataset.place))
    })
  }

  get isOpen(): boolean {
    return !this.list.hidden
  }

  look(url: string, query: string, delay = 80): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#asking?.abort()
      const asking = (this.#asking = new AbortController())
      void complete(url, query, asking.signal).then((results) => !asking.signal.aborted && this.#show(results))
    }, delay)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#asking?.abort()
    this.#show([])
  }

  /** Handles a key while the list is open; true when it was ours. */
  key(event: KeyboardEvent): boolean {
    if (!this.isOpen || event.isComposing) return false
    const last = this.#results.length - 1
    if (event.key === "ArrowDown") this.#choose(this.#chosen >= last ? 0 : this.#chosen + 1)
    else if (event.key === "ArrowUp") this.#choose(this.#chosen <= 0 ? last : this.#chosen - 1)
    else if ((event.key === "Enter" || event.key === "Tab") && this.#chosen >= 0 && !event.ctrlKey && !event.metaKey) {
      this.#take(this.#chosen)
    } else if (event.key === "Escape") this.close()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  #take(place: number): void {
    const result = this.#results[place]
    this.close()
    if (result) this.pick(result)
  }

  #show(results: Result[]): void {
    this.#results = results
    this.list.hidden = results.length === 0
    if (this.field instanceof HTMLInputElement) this.field.setAttribute("aria-expanded", String(results.length > 0))
    this.list.replaceChildren(...results.map((result, place) => this.#option(result, place)))
    this.#choose(results.length ? 0 : -1)
  }

  #option(result: Result, place: number): HTMLElement {
    const attributes = { role: "option", id: `${this.list.id}-${place}`, "data-place": String(place), "aria-selected": "false" }
    const hint = result.hint ? [make("span", { class: "tiny" }, result.hint)] : []
    return make("div", attributes, make("span", {}, result.name), ...hint)
  }

  #choose(place: number): void {
    this.#chosen = place
    for (const option of this.list.querySelectorAll<HTMLElement>("[role=option]")) {
      const chosen = Number(option.dataset.place) === place
      option.setAttribute("aria-selected", String(chosen))
      if (chosen) option.scrollIntoView({ block: "nearest" })
    }
    if (place < 0) this.field.removeAttribute("aria-activedescendant")
    else this.field.setAttribute("aria-activedescendant", `${this.list.id}-${place}`)
  }
}
