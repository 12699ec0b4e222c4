// The height of a letter in HTML. Its frame is sealed, so its height is guessed from its length, and may be changed.
import { Controller } from "@hotwired/stimulus"

const LINE = 26
const LEAST = 160
const MOST = 640

export default class LetterController extends Controller<HTMLElement> {
  static override targets = ["frame", "more"]
  static override values = { lines: { type: Number, default: 12 } }
  declare readonly moreTargets: HTMLElement[]
  declare readonly linesValue: number

  override connect(): void {
    const wanted = this.linesValue * LINE + 48
    this.#height(Math.max(LEAST, Math.min(MOST, wanted)))
    for (const button of this.moreTargets) button.hidden = wanted <= MOST
  }

  taller(): void {
    this.#height(Math.min(20_000, this.linesValue * LINE + 96))
    for (const button of this.moreTargets) button.hidden = true
  }

  #height(pixels: number): void {
    this.element.style.setProperty("--letter-height", `${pixels}px`)
  }
}
