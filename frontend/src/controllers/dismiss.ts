// A line that goes when told, or by itself after a while; not under a pointer, not while it holds the focus.
import { Controller } from "@hotwired/stimulus"

import { keepPlace } from "../lib/place"

export default class DismissController extends Controller<HTMLElement> {
  static override values = { after: Number }
  declare readonly afterValue: number

  #timer: ReturnType<typeof setTimeout> | undefined

  override connect(): void {
    if (this.afterValue) this.#wait(this.afterValue * 1000)
  }

  override disconnect(): void {
    clearTimeout(this.#timer)
  }

  now(): void {
    this.element.dataset.going = ""
    setTimeout(() => keepPlace(document.body, () => this.element.remove()), 250)
  }

  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      if (this.element.matches(":hover, :focus-within")) this.#wait(2000)
      else this.now()
    }, milliseconds)
  }
}
