// The counter's one field: who is it? Results while one types or scans; Enter opens the first of what was typed.
import { Controller } from "@hotwired/stimulus"

import { Latest } from "../lib/latest"
import { askFragment, withQuery } from "../lib/request"
import { typing } from "./shortcuts"

const PAUSE = 40

export default class CounterController extends Controller<HTMLElement> {
  static override targets = ["field", "found"]
  static override values = { src: String }
  declare readonly fieldTarget: HTMLInputElement
  declare readonly foundTarget: HTMLElement
  declare readonly srcValue: string

  #latest = new Latest()
  #asking: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    this.#latest = new Latest(this.#words)
    document.addEventListener("keydown", (event) => this.#anywhere(event), { signal: this.#away.signal, capture: true })
    if (matchMedia("(pointer: fine)").matches) this.fieldTarget.focus({ preventScroll: true })
    this.#mark(this.#options().find((option) => option.getAttribute("aria-selected") === "true"))
  }

  override disconnect(): void {
    this.#away.abort()
    this.#asking?.abort()
    clearTimeout(this.#timer)
  }

  look(): void {
    this.#latest.typed(this.#words)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#ask(), PAUSE)
  }

  move(event: KeyboardEvent): void {
    if (event.isComposing) return
    const options = this.#options()
    const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true")
    if (event.key === "ArrowDown" && options.length) this.#mark(options[(place + 1) % options.length])
    else if (event.key === "ArrowUp" && options.length) this.#mark(options.at(place <= 0 ? -1 : place - 1))
    else if (event.key === "Escape" && this.#words) this.#empty()
    else if (event.key === "z" && (event.ctrlKey || event.metaKey) && !this.#words) this.#takeBack()
    else return
    event.preventDefault()
  }

  /** Enter, of a hand or a scanner: open the chosen one, but only of what was answered to these very words. */
  enter(event: Event): void {
    event.preventDefault()
    if (!this.#words) return
    if (this.#latest.enter(this.#words)) return this.#open()
    clearTimeout(this.#timer)
    void this.#ask()
  }

  async #ask(): Promise<void> {
    this.#asking?.abort()
    const asking = (this.#asking = new AbortController())
    const words = this.#words
    try {
      const body = await askFragment(withQuery(this.srcValue, words), "found", asking.signal)
      if (asking.signal.aborted || !this.#latest.current(words)) return
      this.foundTarget.replaceChildren(...body.childNodes)
      this.#mark(this.#first())
      if (this.#latest.answered(words)) this.#open()
    } catch {
      if (!asking.signal.aborted) this.#latest.failed()
    }
  }

  #open(): void {
    const chosen = this.#options().find((option) => option.getAttribute("aria-selected") === "true") ?? this.#first()
    if (chosen) chosen.form?.requestSubmit(chosen)
    else this.fieldTarget.select() // the next scan is not one with this
  }

  /** Whoever is opened by Enter alone; nobody where several have the very card or number: that one is chosen by hand. */
  #first(): HTMLButtonElement | undefined {
    const first = this.#options()[0]
    return first?.dataset.shared === undefined ? first : undefined
  }

  #options(): HTMLButtonElement[] {
    return [...this.foundTarget.querySelectorAll<HTMLButtonElement>("[role=option]")]
  }

  #mark(option: HTMLElement | undefined): void {
    const options = this.#options()
    for (const other of options) other.setAttribute("aria-selected", String(other === option))
    this.fieldTarget.setAttribute("aria-expanded", String(options.length > 0))
    if (option) this.fieldTarget.setAttribute("aria-activedescendant", option.id)
    else this.fieldTarget.removeAttribute("aria-activedescendant")
    option?.scrollIntoView({ block: "nearest" })
  }

  #empty(): void {
    this.fieldTarget.value = ""
    this.look()
  }

  #takeBack(): void {
    document.querySelector<HTMLButtonElement>("[data-undo-tap]")?.click()
  }

  /** Letters and figures that are typed anywhere go to the field, so that a scanner need not be aimed. */
  #anywhere(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key.length !== 1) return
    if (event.key === " " || typing(event.target) || document.querySelector("dialog[open]")) return
    event.stopPropagation()
    this.fieldTarget.focus({ preventScroll: true })
    this.fieldTarget.select()
  }

  get #words(): string {
    return this.fieldTarget.value.trim()
  }
}
