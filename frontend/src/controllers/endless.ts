// The end of a page of a list: the next page comes when this comes near.
import { Controller } from "@hotwired/stimulus"

import { askFragment } from "../lib/request"

export default class EndlessController extends Controller<HTMLElement> {
  static override targets = ["link"]
  declare readonly linkTarget: HTMLAnchorElement

  #observer: IntersectionObserver | null = null
  #busy = false

  override connect(): void {
    const root = this.element.closest<HTMLElement>("[data-endless-root]") ?? scroller(this.element)
    this.#observer = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && void this.load(), { root, rootMargin: "600px" })
    this.#observer.observe(this.element)
  }

  override disconnect(): void {
    this.#observer?.disconnect()
  }

  async load(event?: Event): Promise<void> {
    event?.preventDefault()
    if (this.#busy) return
    this.#busy = true
    this.element.setAttribute("aria-busy", "true")
    try {
      this.#put(await askFragment(this.linkTarget.href, "endless"))
    } catch {
      this.#observer?.disconnect() // the link stays, to be followed by hand
      this.element.removeAttribute("aria-busy")
      this.#busy = false
    }
  }

  #put(body: HTMLElement): void {
    const list = this.element.parentElement!
    const same = list.id ? body.querySelector(`#${CSS.escape(list.id)}`) : null
    const rows = [...(same ?? body).children].filter((row) => !row.id || !document.getElementById(row.id))
    const hadFocus = this.element.contains(document.activeElement)
    this.element.replaceWith(...rows)
    if (hadFocus) rows[0]?.querySelector<HTMLElement>("a, button")?.focus()
    list.dispatchEvent(new CustomEvent("endless:added", { bubbles: true, detail: { count: rows.length } }))
  }
}

function scroller(element: Element): Element | null {
  for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent
  }
  return null
}
