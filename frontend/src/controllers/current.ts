// Marks the row of the conversation that stands open beside the list, whoever drew the list last.
import { Controller } from "@hotwired/stimulus"

export default class CurrentController extends Controller<HTMLElement> {
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    const { signal } = this.#away
    for (const event of ["turbo:load", "turbo:frame-load", "turbo:frame-render"]) document.addEventListener(event, () => this.mark(), { signal })
    for (const event of ["live:changed", "endless:added"]) this.element.addEventListener(event, () => this.mark(), { signal })
    this.mark()
  }

  override disconnect(): void {
    this.#away.abort()
  }

  mark(): void {
    for (const row of this.element.querySelectorAll<HTMLAnchorElement>("a.row")) {
      const here = row.pathname === location.pathname
      if (here) row.setAttribute("aria-current", "true")
      else row.removeAttribute("aria-current")
      if (here) row.removeAttribute("data-new")
    }
  }
}
