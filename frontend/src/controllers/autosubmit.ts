// A choice that sends its form at once.
import { Controller } from "@hotwired/stimulus"

export default class AutosubmitController extends Controller<HTMLInputElement | HTMLSelectElement> {
  now(): void {
    this.element.form?.requestSubmit()
  }
}
