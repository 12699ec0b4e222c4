// Moving through a list with j, k and the arrows.
import { Controller } from "@hotwired/stimulus"

import { typing } from "./shortcuts"

export default class RowsController extends Controller<HTMLElement> {
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    document.addEventListener("keydown", (event) => this.#key(event), { signal: this.#away.signal })
  }

  override disconnect(): void {
    this.#away.abort()
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (typing(event.target) || document.querySelector("dialog[open]") || !this.#isFirst()) return
    const inside = this.element.contains(document.activeElement)
    const down = event.key === "j" || (inside && event.key === "ArrowDown")
    const up = event.key === "k" || (inside && event.key === "ArrowUp")
    if (down || up) this.#move(down ? 1 : -1)
    else if (inside && event.key === "o") (document.activeElement as HTMLElement).click()
    else return
    event.preventDefault()
  }

  #move(step: number): void {
    const rows = [...this.element.querySelectorAll<HTMLElement>("a.row")]
    const here = document.activeElement?.closest("li")?.querySelector("a.row") ?? this.element.querySelector("a.row[aria-current]")
    const place = rows.indexOf(here as HTMLElement)
    const next = rows[place < 0 ? (step > 0 ? 0 : rows.length - 1) : place + step]
    next?.focus()
    next?.scrollIntoView({ block: "nearest" })
  }

  /** Two lists on a page: the keys belong to the first that is seen. */
  #isFirst(): boolean {
    const lists = [...document.querySelectorAll<HTMLElement>("[data-controller~=rows]")]
    return lists.find((list) => list.checkVisibility()) === this.element
  }
}
