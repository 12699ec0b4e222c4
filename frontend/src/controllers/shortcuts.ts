// Keys that press the page's own buttons, and the sheet that lists them.
import { Controller } from "@hotwired/stimulus"

import { APPLE, fire, reachable } from "../lib/acts"
import { make } from "../lib/drawings"
import { nameOf, Sequence, spoken } from "../lib/keys"
import { openModal } from "../lib/modal"

export default class ShortcutsController extends Controller<HTMLElement> {
  static override targets = ["sheet", "list"]
  declare readonly hasSheetTarget: boolean
  declare readonly sheetTarget: HTMLDialogElement
  declare readonly listTarget: HTMLElement

  #sequence = new Sequence()
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    document.addEventListener("keydown", (event) => this.#press(event), { signal: this.#away.signal })
    document.addEventListener("turbo:before-cache", () => this.#closeSheet(), { signal: this.#away.signal })
  }

  override disconnect(): void {
    this.#away.abort()
  }

  sheet(): void {
    if (!this.hasSheetTarget) return
    this.listTarget.replaceChildren(...this.#groups())
    openModal(this.sheetTarget)
  }

  #press(event: KeyboardEvent): void {
    const name = nameOf(event)
    if (!name || event.defaultPrevented || event.isComposing || (typing(event.target) && !name.startsWith("mod+"))) return
    const elements = this.#offered()
    const keys = elements.map((element) => element.dataset.shortcut!)
    const done = this.#sequence.press(name, [...keys, "?"], performance.now())
    if (done === null) return
    const element = elements[keys.indexOf(done)]
    if (!element && done !== "?") return
    event.preventDefault()
    if (element) fire(element)
    else if (!document.querySelector("dialog[open]")) this.sheet()
  }

  #offered(): HTMLElement[] {
    const dialog = document.querySelector("dialog[open]")
    const elements = [...(dialog ?? document).querySelectorAll<HTMLElement>("[data-shortcut]")]
    return elements.filter((element) => element.dataset.shortcut && reachable(element))
  }

  #groups(): HTMLElement[] {
    const words = this.listTarget.dataset
    const groups = new Map<string, HTMLElement[]>()
    const add = (group: string, keys: string, label: string) => {
      const lines = groups.get(group) ?? groups.set(group, []).get(group)!
      if (!lines.some((line) => line.dataset.line === keys + label)) lines.push(this.#line(keys, label))
    }
    const listed = new Set<string>()
    for (const element of this.#offered()) {
      const { shortcut, shortcutLabel, shortcutGroup } = element.dataset
      if (element.parentElement?.dataset.shortcutsTarget === "acts" && listed.has(shortcut!)) continue
      listed.add(shortcut!)
      const label = shortcutLabel || element.getAttribute("aria-label") || element.textContent?.trim()
      if (shortcut && label) add(shortcutGroup || words.here || "", shortcut, label)
    }
    for (const shown of document.querySelectorAll<HTMLElement>("[data-shortcut-shown]")) {
      add(shown.dataset.shortcutGroup || words.here || "", shown.dataset.shortcutShown!, shown.dataset.shortcutLabel ?? "")
    }
    add(words.anywhere ?? "", "mod+K", words.find ?? "")
    add(words.anywhere ?? "", "?", words.this ?? "")
    return [...groups].map(([name, lines]) => make("section", {}, make("h3", {}, name), make("dl", {}, ...lines)))
  }

  #line(keys: string, label: string): HTMLElement {
    const chords = spoken(keys, APPLE).map((chord) => chord.map((key) => make("kbd", { class: "key" }, key)))
    const parts: (Node | string)[] = []
    chords.forEach((chord, place) => {
      if (place) parts.push(` ${this.listTarget.dataset.then} `)
      chord.forEach((key, index) => parts.push(...(index ? [" ", key] : [key])))
    })
    return make("div", { "data-line": keys + label }, make("dt", {}, label), make("dd", {}, ...parts))
  }

  #closeSheet(): void {
    if (this.hasSheetTarget) this.sheetTarget.close()
  }
}

/** Whether keys belong to a field the reader is typing in. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.matches("textarea, select")) return true
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "file"].includes(target.type)
}
