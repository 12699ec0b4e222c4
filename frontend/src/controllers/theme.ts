// The reader's own choice of light or dark, close or roomy; in a cookie, so that the server draws it right at once.
import { Controller } from "@hotwired/stimulus"

export default class ThemeController extends Controller<HTMLElement> {
  static override values = { name: { type: String, default: "theme" } }
  declare readonly nameValue: string

  override connect(): void {
    const now = document.documentElement.dataset[this.nameValue] ?? "auto"
    for (const input of this.element.querySelectorAll<HTMLInputElement>("input[type=radio]")) input.checked = input.value === now
  }

  choose(event: Event): void {
    const { value } = event.target as HTMLInputElement
    const secure = location.protocol === "https:" ? "; secure" : ""
    const age = value === "auto" ? 0 : 31_536_000
    document.cookie = `${this.nameValue}=${encodeURIComponent(value)}; path=/; max-age=${age}; samesite=lax${secure}`
    if (value === "auto") delete document.documentElement.dataset[this.nameValue]
    else document.documentElement.dataset[this.nameValue] = value
  }
}
