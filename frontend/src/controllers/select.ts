// Choosing several rows, and what can be done with them.
import { Controller } from "@hotwired/stimulus"

import { typing } from "./shortcuts"

export default class SelectController extends Controller<HTMLElement> {
  static override targets = ["box", "all", "bar", "count"]
  static override values = { one: String, many: String }
  declare readonly boxTargets: HTMLInputElement[]
  declare readonly allTargets: HTMLInputElement[]
  declare readonly barTargets: HTMLElement[]
  declare readonly countTargets: HTMLElement[]
  declare readonly oneValue: string
  declare readonly manyValue: string

  #last: HTMLInputElement | null = null
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    document.addEventListener("keydown", (event) => this.#key(event), { signal: this.#away.signal })
    this.element.addEventListener("change", () => this.#show(), { signal: this.#away.signal })
    this.#show()
  }

  override disconnect(): void {
    this.#away.abort()
  }

  boxTargetDisconnected(): void {
    this.#show()
  }

  choose(event: MouseEvent): void {
    const box = event.currentTarget as HTMLInputElement
    const boxes = this.boxTargets
    const from = this.#last ? boxes.indexOf(this.#last) : -1
    if (event.shiftKey && from >= 0) {
      const to = boxes.indexOf(box)
      for (const other of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) other.checked = box.checked
    }
    this.#last = box
    this.#show()
  }

  all(event: Event): void {
    const on = (event.currentTarget as HTMLInputElement).checked
    for (const box of this.boxTargets) box.checked = on
    this.#show()
  }

  none(): void {
    for (const box of this.boxTargets) box.checked = false
    this.#show()
  }

  #show(): void {
    const count = this.boxTargets.filter((box) => box.checked).length
    for (const all of this.allTargets) {
      all.checked = count > 0 && count === this.boxTargets.length
      all.indeterminate = count > 0 && !all.checked
    }
    for (const bar of this.barTargets) bar.hidden = count === 0
    const words = count === 1 ? this.oneValue : this.manyValue
    for (const output of this.countTargets) output.textContent = words.replace("{count}", String(count))
    this.element.toggleAttribute("data-choosing", count > 0)
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (typing(event.target) || document.querySelector("dialog[open], details.menu[open]")) return
    if (event.key === "Escape" && this.boxTargets.some((box) => box.checked)) return this.none()
    const line = document.activeElement?.closest("li")
    const box = this.boxTargets.find((candidate) => line?.contains(candidate))
    if (event.key !== "x" || !box) return
    event.preventDefault()
    box.checked = !box.checked
    this.#last = box
    this.#show()
  }
}
