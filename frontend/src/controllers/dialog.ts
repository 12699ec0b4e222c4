// A button that opens a dialog of the page.
import { Controller } from "@hotwired/stimulus"

import { openModal } from "../lib/modal"

export default class DialogController extends Controller<HTMLElement> {
  static override values = { id: String }
  declare readonly idValue: string

  open(event: Event): void {
    const dialog = document.getElementById(this.idValue)
    if (!(dialog instanceof HTMLDialogElement)) return
    event.preventDefault()
    openModal(dialog)
  }
}
