// Opening a dialog over the page. When it closes, the focus goes back to where it was, or to what stands there by then.
import { Place } from "./place"

export function openModal(dialog: HTMLDialogElement): void {
  if (dialog.open) return
  const place = Place.in(document.body)
  dialog.addEventListener("close", () => place?.restore(), { once: true })
  dialog.showModal()
}
