// Opens a conversation where one reads on: at the first unread letter, else at the end.
import { Controller } from "@hotwired/stimulus"

export default class NewestController extends Controller<HTMLElement> {
  override connect(): void {
    if (location.hash || document.documentElement.hasAttribute("data-turbo-preview")) return
    requestAnimationFrame(() => this.#show())
  }

  #show(): void {
    const first = this.element.querySelector<HTMLElement>("[data-unread]")
    const scroller = scrollerOf(this.element)
    scroller.scrollTop = scroller.scrollHeight
    if (!first) return
    const head = this.element.querySelector<HTMLElement>(".pane-head")?.offsetHeight ?? 0
    const top = first.getBoundingClientRect().top - (scroller === document.scrollingElement ? 0 : scroller.getBoundingClientRect().top)
    if (top < head) scroller.scrollTop += top - head - 16
  }
}

function scrollerOf(element: Element): Element {
  for (let parent: Element | null = element; parent && parent !== document.body; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent
  }
  return document.scrollingElement ?? document.documentElement
}
