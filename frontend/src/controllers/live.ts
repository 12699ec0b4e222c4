// A region that follows what happens: a hint, a fetch, a morph.
import { Controller } from "@hotwired/stimulus"
import { visit } from "@hotwired/turbo"

import { hub } from "../lib/hub"
import { morphInto } from "../lib/morph"
import { askFragment, Elsewhere, Refused } from "../lib/request"
import { Soon } from "../lib/soon"

export default class LiveController extends Controller<HTMLElement> {
  static override values = { topic: String, src: String, stick: Boolean }
  declare readonly topicValue: string
  declare readonly srcValue: string
  declare readonly stickValue: boolean

  #soon = new Soon(() => this.#fetch())
  #topics = new Set<string>()
  #part: (() => void) | null = null
  #away = new AbortController()
  #connected = false
  #failures = 0

  override connect(): void {
    this.#connected = true
    this.#away = new AbortController()
    this.#soon = new Soon(() => this.#fetch())
    this.#join()
  }

  override disconnect(): void {
    this.#connected = false
    this.#part?.()
    this.#soon.stop()
    this.#away.abort()
  }

  topicValueChanged(): void {
    if (this.#connected) this.#join()
  }

  #join(): void {
    this.#part?.()
    const topics = this.topicValue.split(",").map((topic) => topic.trim()).filter(Boolean)
    this.#part = hub.join(topics, (topic) => {
      this.#topics.add(topic ?? "")
      this.#soon.call()
    })
  }

  async #fetch(): Promise<void> {
    const topics = [...this.#topics]
    this.#topics.clear()
    try {
      const body = await askFragment(this.srcValue, this.element.id, this.#away.signal)
      if (!this.#connected) return
      this.#put(body)
      this.#failures = 0
      for (const topic of topics) this.dispatch("changed", { detail: { topic } })
    } catch (error) {
      if (!this.#connected) return
      if (mayPass(error)) this.#later(topics)
      else if (isGone(error)) pageAnew()
    }
  }

  #later(topics: string[]): void {
    for (const topic of topics) this.#topics.add(topic)
    this.#failures += 1
    const wait = Math.min(60_000, 1500 * 2 ** this.#failures) * (0.7 + Math.random() * 0.6)
    setTimeout(() => this.#connected && this.#soon.call(), wait)
  }

  #put(body: HTMLElement): void {
    const scroller = this.stickValue ? scrollerOf(this.element) : null
    const sticks = scroller && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80
    morphInto(this.element, body)
    if (scroller && sticks) scroller.scrollTop = scroller.scrollHeight
  }
}

/** Whether a failure is of the kind that passes: the line or the server, not "signed out" or "not yours". */
function mayPass(error: unknown): boolean {
  return !(error instanceof Elsewhere) && !(error instanceof Refused && error.status < 500)
}

/** Whether what is shown here is there no more: it was erased, or is not ours to see any longer. */
function isGone(error: unknown): boolean {
  return error instanceof Refused && (error.status === 404 || error.status === 410)
}

/** Then nothing of it may stay on the screen; several regions of a page ask for it once. */
function pageAnew(): void {
  if (asked === location.href) return
  asked = location.href
  addEventListener("turbo:load", () => (asked = ""), { once: true })
  visit(location.href, { action: "replace" })
}

let asked = ""

function scrollerOf(element: Element): Element {
  for (let parent: Element | null = element; parent; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY) && parent !== document.body) return parent
  }
  return document.scrollingElement ?? document.documentElement
}
