// A button that puts words on the clipboard.
import { Controller } from "@hotwired/stimulus"

export default class CopyController extends Controller<HTMLElement> {
  static override targets = ["source", "button", "label"]
  static override values = { done: String }
  declare readonly sourceTarget: HTMLElement
  declare readonly buttonTarget: HTMLElement
  declare readonly labelTarget: HTMLElement
  declare readonly doneValue: string

  override connect(): void {
    this.buttonTarget.hidden = !navigator.clipboard
  }

  async now(): Promise<void> {
    const source = this.sourceTarget
    const words = source instanceof HTMLInputElement ? source.value : (source.textContent ?? "")
    await navigator.clipboard.writeText(words.trim())
    const before = this.labelTarget.textContent
    this.labelTarget.textContent = this.doneValue
    setTimeout(() => (this.labelTarget.textContent = before), 2000)
  }
}
