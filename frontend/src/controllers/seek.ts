// A field that finds while one types: its form asks again, and the frame below shows what was found.
import { Controller } from "@hotwired/stimulus"

const PAUSE = 150

export default class SeekController extends Controller<HTMLFormElement> {
  #timer: ReturnType<typeof setTimeout> | undefined

  override disconnect(): void {
    this.asked()
  }

  look(): void {
    this.asked()
    this.#timer = setTimeout(() => this.element.requestSubmit(), PAUSE)
  }

  /** It asks already, by Enter: what is found would be drawn twice, the second time under the reader's hands. */
  asked(): void {
    clearTimeout(this.#timer)
  }
}
