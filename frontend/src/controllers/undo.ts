// What was just sent and can be taken back, for as long as it waits.
import { Controller } from "@hotwired/stimulus"
import { visit } from "@hotwired/turbo"

import { keepPlace } from "../lib/place"
import { ask, Refused } from "../lib/request"

export default class UndoController extends Controller<HTMLElement> {
  static override targets = ["left", "bar", "button", "words"]
  static override values = { seconds: Number, done: String, late: String }
  declare readonly leftTargets: HTMLElement[]
  declare readonly barTargets: HTMLProgressElement[]
  declare readonly buttonTarget: HTMLButtonElement
  declare readonly wordsTarget: HTMLElement
  declare readonly secondsValue: number
  declare readonly doneValue: string
  declare readonly lateValue: string

  #until = 0
  #timer: ReturnType<typeof setInterval> | undefined

  override connect(): void {
    this.#until = performance.now() + this.secondsValue * 1000
    this.#timer = setInterval(() => this.#tick(), 250)
    this.#tick()
  }

  override disconnect(): void {
    clearInterval(this.#timer)
  }

  async take(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    clearInterval(this.#timer)
    this.buttonTarget.disabled = true
    const form = event.target as HTMLFormElement
    try {
      const response = await ask(form.action, "undo", { method: "POST", body: new FormData(form) })
      if (response.redirected) visit(response.url)
      else this.#end(this.doneValue)
    } catch (error) {
      if (error instanceof Refused) this.#end(this.lateValue)
      else {
        this.buttonTarget.disabled = false
        this.#timer = setInterval(() => this.#tick(), 250)
      }
    }
  }

  #tick(): void {
    const left = Math.max(0, (this.#until - performance.now()) / 1000)
    for (const target of this.leftTargets) target.textContent = String(Math.ceil(left))
    for (const bar of this.barTargets) bar.value = this.secondsValue ? left / this.secondsValue : 0
    if (left === 0) this.#leave()
  }

  #end(words: string): void {
    this.wordsTarget.textContent = words
    keepPlace(document.body, () => this.buttonTarget.remove())
    for (const bar of this.barTargets) bar.remove()
    setTimeout(() => this.#leave(), 6000)
  }

  #leave(): void {
    keepPlace(document.body, () => this.element.remove())
  }
}
