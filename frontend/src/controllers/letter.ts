// A letter in HTML. Its frame is sealed, so its height is guessed from its length, and may be changed; its pictures that
// lie elsewhere come when the reader asks for them.
import { type ActionEvent, Controller } from "@hotwired/stimulus"

import { keepPlace } from "../lib/place"

const LINE = 26
const LEAST = 160
const MOST = 640

export default class LetterController extends Controller<HTMLElement> {
  static override targets = ["choice", "frame", "more"]
  static override values = { lines: { type: Number, default: 12 } }
  declare readonly choiceTargets: HTMLElement[]
  declare readonly frameTarget: HTMLIFrameElement
  declare readonly moreTargets: HTMLElement[]
  declare readonly linesValue: number

  #more = 0

  override connect(): void {
    for (const [place, choice] of this.choiceTargets.entries()) choice.hidden = place > 0
    this.#fit()
  }

  /** Follows a link to this letter with or without pictures, inside its frame and without a step in the history. */
  choose(event: ActionEvent & MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    this.frameTarget.contentWindow?.location.replace((event.currentTarget as HTMLAnchorElement).href)
    for (const choice of this.choiceTargets) choice.hidden = !choice.hidden
    this.choiceTargets.find((choice) => !choice.hidden)?.querySelector("a")?.focus({ preventScroll: true })
    this.#more = Number(event.params["more"] ?? 0)
    this.#fit()
  }

  #fit(): void {
    const wanted = (this.linesValue + this.#more) * LINE + 48
    this.#height(Math.max(LEAST, Math.min(MOST, wanted)))
    for (const button of this.moreTargets) button.hidden = wanted <= MOST
  }

  taller(): void {
    this.#height(Math.min(20_000, (this.linesValue + this.#more) * LINE + 96))
    keepPlace(document.body, () => this.moreTargets.forEach((button) => (button.hidden = true)))
  }

  #height(pixels: number): void {
    this.element.style.setProperty("--letter-height", `${pixels}px`)
  }
}
