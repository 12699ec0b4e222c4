// A small list behind a word: placed where there is room, closed when it is done.
import { Controller } from "@hotwired/stimulus"

const GAP = 4

export default class MenuController extends Controller<HTMLDetailsElement> {
  #away = new AbortController()
  #placedBy: DOMRect | null = null

  override connect(): void {
    this.#away = new AbortController()
    const { signal } = this.#away
    this.element.addEventListener("toggle", () => this.#toggled(), { signal })
    this.element.addEventListener("keydown", (event) => this.#key(event), { signal })
    this.element.addEventListener("click", (event) => this.#chosen(event), { signal })
    document.addEventListener("pointerdown", (event) => !this.element.contains(event.target as Node) && this.close(), { signal })
    document.addEventListener("turbo:before-cache", () => this.close(), { signal })
    addEventListener("resize", () => this.close(), { signal })
    document.addEventListener("scroll", (event) => this.#scrolled(event), { signal, capture: true })
  }

  override disconnect(): void {
    this.#away.abort()
  }

  close(): void {
    if (this.#list?.contains(document.activeElement)) this.#summary.focus({ preventScroll: true })
    this.element.open = false
  }

  get #list(): HTMLElement | null {
    return this.element.querySelector<HTMLElement>(".menu-list")
  }

  get #summary(): HTMLElement {
    return this.element.querySelector<HTMLElement>(":scope > summary")!
  }

  #toggled(): void {
    if (!this.element.open) return
    this.#place()
    if (this.#list?.contains(document.activeElement)) return // a key asked for one of its fields
    const first = this.#items()[0] ?? this.#list?.querySelector<HTMLElement>("input, select, textarea")
    first?.focus({ preventScroll: true })
  }

  /** Out of every scrolling pane, and up where there is no room below. */
  #place(): void {
    const list = this.#list
    if (!list) return
    const from = (this.#placedBy = this.#summary.getBoundingClientRect())
    list.style.position = "fixed"
    list.style.inset = "auto"
    list.style.margin = "0"
    const { width, height } = list.getBoundingClientRect()
    const below = innerHeight - from.bottom - GAP >= height || innerHeight - from.bottom > from.top
    const atEnd = (list.dataset.side ?? "start").startsWith("end") !== (getComputedStyle(list).direction === "rtl")
    const left = atEnd ? from.right - width : from.left
    list.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`
    // A list may grow when its frame arrives: it is held at its near edge, and never leaves the window
    if (below) list.style.top = `${from.bottom + GAP}px`
    else list.style.bottom = `${innerHeight - from.top + GAP}px`
    list.style.maxHeight = `min(32rem, ${Math.max(120, (below ? innerHeight - from.bottom : from.top) - GAP - 8)}px)`
  }

  #items(): HTMLElement[] {
    const items = [...(this.#list?.querySelectorAll<HTMLElement>("a[href], button:not(:disabled)") ?? [])]
    return items.filter((item) => item.checkVisibility())
  }

  #key(event: KeyboardEvent): void {
    if (!this.element.open || event.isComposing) return
    if (event.key === "Escape") this.close()
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if ((event.target as Element).matches("input, textarea, select")) return
      const items = this.#items()
      const place = items.indexOf(document.activeElement as HTMLElement)
      items.at(event.key === "ArrowDown" ? (place + 1) % items.length : place <= 0 ? -1 : place - 1)?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  #chosen(event: MouseEvent): void {
    const item = (event.target as Element).closest("a, button")
    if (item && this.#list?.contains(item) && !item.closest("[data-menu-stays]")) queueMicrotask(() => this.close())
  }

  /** Scrolled away from its word it closes; where the word stands still, so does its list. */
  #scrolled(event: Event): void {
    if (!this.element.open || this.element.contains(event.target as Node)) return
    const { top, left } = this.#summary.getBoundingClientRect()
    if (top !== this.#placedBy?.top || left !== this.#placedBy.left) this.close()
  }
}
