// Ctrl K: find a person or do something.
import { Controller } from "@hotwired/stimulus"

import { type Act, actsNamed, fire, reachable, shown } from "../lib/acts"
import { make } from "../lib/drawings"
import { openModal } from "../lib/modal"
import { askFragment, withQuery } from "../lib/request"

const MOST_HERE = 8

export default class PaletteController extends Controller<HTMLDialogElement> {
  static override targets = ["input", "list", "none"]
  static override values = { src: String, here: String }
  declare readonly inputTarget: HTMLInputElement
  declare readonly listTarget: HTMLElement
  declare readonly noneTarget: HTMLElement
  declare readonly srcValue: string
  declare readonly hereValue: string

  #asking: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #shownFor: string | null = null // the words that the options are for
  #isHurried = false // Enter was pressed before they came
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    const { signal } = this.#away
    document.addEventListener("keydown", (event) => this.#key(event), { signal })
    document.addEventListener("click", (event) => this.#opener(event), { signal })
    document.addEventListener("turbo:before-cache", () => this.element.close(), { signal })
    this.element.addEventListener("click", (event) => event.target === this.element && this.element.close(), { signal })
    this.listTarget.addEventListener("click", () => this.element.close(), { signal })
    this.element.addEventListener("close", () => this.#leave(), { signal })
  }

  override disconnect(): void {
    this.#leave()
    this.#away.abort()
  }

  open(): void {
    openModal(this.element)
    this.#shownFor = null
    this.inputTarget.focus()
    this.inputTarget.select()
    this.look()
  }

  look(): void {
    this.#isHurried = false
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#ask(), this.listTarget.childElementCount ? 60 : 0)
  }

  move(event: KeyboardEvent): void {
    if (event.isComposing) return
    const options = this.#options()
    const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true")
    if (event.key === "ArrowDown") this.#choose(options[(place + 1) % options.length])
    else if (event.key === "ArrowUp") this.#choose(options.at(place <= 0 ? -1 : place - 1))
    else if (event.key === "Enter" && this.#shownFor !== this.#words()) this.#isHurried = true
    else if (event.key === "Enter") this.#take(options[place])
    else if (event.key === "Escape") this.element.close() // a search field would only empty itself
    else return
    event.preventDefault()
  }

  async #ask(): Promise<void> {
    this.#asking?.abort()
    const asking = (this.#asking = new AbortController())
    const words = this.#words()
    try {
      const body = await askFragment(withQuery(this.srcValue, words), "palette", asking.signal)
      if (!asking.signal.aborted) this.#show(words, body)
    } catch {
      if (asking.signal.aborted) return
      this.#isHurried = false // who was meant is not known, so nothing is chosen for them
      this.#show(words, document.createElement("div"))
      this.#choose(undefined)
    }
  }

  /** What was asked for is waited for no more. */
  #leave(): void {
    this.#isHurried = false
    clearTimeout(this.#timer)
    this.#asking?.abort()
  }

  #show(words: string, body: HTMLElement): void {
    const found = body.querySelector("[data-palette-list]") ?? body
    this.listTarget.replaceChildren(...found.childNodes)
    for (const keys of this.listTarget.querySelectorAll(".key")) keys.textContent = shown(keys.textContent ?? "")
    this.#showHere(words)
    const options = this.#options()
    options.forEach((option, place) => {
      option.id ||= `palette-option-${place}`
      option.tabIndex = -1
      option.setAttribute("aria-selected", "false")
    })
    this.noneTarget.hidden = options.length > 0 || words === ""
    this.inputTarget.setAttribute("aria-expanded", String(options.length > 0))
    this.#choose(options[0])
    this.#shownFor = words
    if (this.#isHurried && words === this.#words()) this.#take(options[0])
  }

  #words(): string {
    return this.inputTarget.value.trim()
  }

  /**
   * After people who fit as it was typed: whoever types a name and presses Enter does not do something to somebody else.
   * What is grave comes last of all.
   */
  #showHere(words: string): void {
    const acts = actsNamed(words).slice(0, MOST_HERE)
    const people = this.listTarget.querySelector("[aria-labelledby=found-people]:not([data-unsure])")
    const grave = acts.filter(({ isGrave }) => isGrave)
    const group = this.#group("here", acts.filter(({ isGrave }) => !isGrave))
    if (people) people.after(...group)
    else this.listTarget.prepend(...group)
    this.listTarget.append(...this.#group("grave", grave))
  }

  #group(id: string, acts: Act[]): HTMLElement[] {
    if (!acts.length) return []
    const title = make("p", { class: "group", id: `found-${id}`, role: "presentation" }, this.hereValue)
    const lines = acts.map((act) => make("li", { role: "presentation" }, this.#option(act)))
    const list = make("ul", { role: "presentation" }, ...lines)
    return [make("div", { role: "group", "aria-labelledby": title.id }, title, list)]
  }

  #option({ name, keys, control, drawing }: Act): HTMLElement {
    const key = keys ? [make("span", { class: "key" }, keys)] : []
    const option = make("a", { role: "option" }, drawing?.cloneNode(true) ?? "", make("span", { class: "grow" }, make("bdi", {}, name)), ...key)
    option.addEventListener("click", () => {
      this.element.close()
      if (control.isConnected && reachable(control)) return fire(control)
      const again = actsNamed(name).filter((act) => act.name === name) // the page was drawn anew meanwhile
      if (again.length === 1) fire(again[0]!.control)
      else this.open()
    })
    return option
  }

  #options(): HTMLElement[] {
    return [...this.listTarget.querySelectorAll<HTMLElement>("[role=option]")]
  }

  #choose(option: HTMLElement | undefined): void {
    for (const other of this.#options()) other.setAttribute("aria-selected", String(other === option))
    if (option) this.inputTarget.setAttribute("aria-activedescendant", option.id)
    else this.inputTarget.removeAttribute("aria-activedescendant")
    option?.scrollIntoView({ block: "nearest" })
  }

  #take(option: HTMLElement | undefined): void {
    if (!option) return
    this.element.close()
    option.click()
  }

  #key(event: KeyboardEvent): void {
    const mod = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (!mod || event.key.toLowerCase() !== "k" || event.isComposing) return
    event.preventDefault()
    if (this.element.open) this.element.close()
    else this.open()
  }

  #opener(event: MouseEvent): void {
    const opener = (event.target as Element).closest?.("[data-palette-open]")
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    this.open()
  }
}
