// Where nobody chose a time zone yet, the one that the browser knows is laid before whoever chooses.
import { Controller } from "@hotwired/stimulus"

export default class ZoneController extends Controller<HTMLSelectElement> {
  override connect(): void {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone
    const untouched = this.element.value === "UTC"
    if (untouched && [...this.element.options].some(({ value }) => value === here)) this.element.value = here
  }
}
