// Who else looks and types: a heartbeat, and their names in return.
import { Controller } from "@hotwired/stimulus"

import { morphInto } from "../lib/morph"
import { ask, csrf, reader } from "../lib/request"
import { tabName } from "../lib/shelf"

const BEAT = 10_000
const TYPING_FOR = 6_000

export default class PresenceController extends Controller<HTMLElement> {
  static override values = { url: String }
  declare readonly urlValue: string

  #state = "gone"
  #beat: ReturnType<typeof setInterval> | undefined
  #quiet: ReturnType<typeof setTimeout> | undefined
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    const { signal } = this.#away
    addEventListener("composer:typing", () => this.#typing(), { signal })
    addEventListener("composer:sent", () => this.#become("looking"), { signal })
    addEventListener("pagehide", () => this.#leave(), { signal })
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#leave() : this.#become("looking")), { signal })
    this.#beat = setInterval(() => !document.hidden && void this.#say(), BEAT)
    if (!document.hidden) this.#become("looking")
  }

  override disconnect(): void {
    this.#away.abort()
    clearInterval(this.#beat)
    clearTimeout(this.#quiet)
    this.#leave()
  }

  #typing(): void {
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => this.#become("looking"), TYPING_FOR)
    this.#become("typing")
  }

  #become(state: string): void {
    if (state === this.#state) return
    this.#state = state
    void this.#say()
  }

  async #say(): Promise<void> {
    try {
      const response = await ask(this.urlValue, this.element.id, { method: "POST", body: this.#form(this.#state) })
      if (response.status === 204 || response.redirected || this.#away.signal.aborted) return
      morphInto(this.element, new DOMParser().parseFromString(await response.text(), "text/html").body)
    } catch {
      return // the next beat tries again
    }
  }

  #leave(): void {
    if (this.#state === "gone") return
    this.#state = "gone"
    clearTimeout(this.#quiet)
    navigator.sendBeacon(this.urlValue, this.#form("gone"))
  }

  #form(state: string): FormData {
    const form = new FormData()
    form.set("state", state)
    form.set("tab", tabName())
    form.set("csrfmiddlewaretoken", csrf())
    form.set("reader", reader())
    return form
  }
}
