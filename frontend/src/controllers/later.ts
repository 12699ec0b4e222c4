// A time chosen in one tap: it goes into the field, and the button beside the field is pressed.
import { Controller } from "@hotwired/stimulus"

export default class LaterController extends Controller<HTMLElement> {
  static override targets = ["field", "go"]
  declare readonly fieldTarget: HTMLInputElement
  declare readonly goTarget: HTMLButtonElement

  choose(event: Event & { params: { at: string } }): void {
    this.fieldTarget.value = event.params.at
    this.goTarget.click()
  }
}
