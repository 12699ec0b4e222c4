// What concerns this member alone: the count in the title, a line on the page, a notification of the browser.
import { Controller } from "@hotwired/stimulus"
import { visit } from "@hotwired/turbo"

import { drawing, make } from "../lib/drawings"
import { hub } from "../lib/hub"
import { askJSON } from "../lib/request"
import { Soon } from "../lib/soon"

interface News {
  unread: number
  page?: boolean
  browser?: boolean
  latest: { id: number | string; title: string; body: string; href: string } | null
}

let unread = 0
let told: number | string | null = null

export default class NotifyController extends Controller<HTMLElement> {
  static override values = { topic: String, src: String }
  declare readonly topicValue: string
  declare readonly srcValue: string

  #soon = new Soon(() => this.#ask(), 150)
  #part: (() => void) | null = null
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    const { signal } = this.#away
    this.#soon = new Soon(() => this.#ask(), 150)
    this.#part = hub.join([this.topicValue], (topic) => topic && this.#soon.call())
    document.addEventListener("click", (event) => void this.#allow(event), { signal })
    document.addEventListener("turbo:load", () => this.#show(), { signal })
    this.#show()
  }

  override disconnect(): void {
    this.#part?.()
    this.#soon.stop()
    this.#away.abort()
  }

  async #ask(): Promise<void> {
    const news = await askJSON<News>(this.srcValue).catch(() => null)
    if (!news) return
    unread = news.unread
    this.#show()
    const { latest } = news
    if (!latest || latest.id === told) return
    told = latest.id
    const away = document.hidden || !document.hasFocus()
    if (away && news.browser && "Notification" in window && Notification.permission === "granted") this.#ring(latest)
    else if (!away && news.page) this.#toast(latest)
  }

  #ring(latest: NonNullable<News["latest"]>): void {
    const note = new Notification(latest.title, { body: latest.body, tag: `alongside-${latest.id}` })
    note.onclick = () => {
      window.focus()
      visit(latest.href)
      note.close()
    }
  }

  #toast(latest: NonNullable<News["latest"]>): void {
    const words = make("p", {}, make("a", { href: latest.href }, make("b", {}, latest.title)), ` ${latest.body}`)
    const toast = make("div", { class: "toast", "data-controller": "dismiss", "data-dismiss-after-value": "8" }, drawing("bell"), words)
    document.getElementById("toasts")?.append(toast)
  }

  #show(): void {
    const title = document.title.replace(/^\(\d+\+?\) /, "")
    document.title = unread ? `(${unread > 99 ? "99+" : unread}) ${title}` : title
    for (const count of document.querySelectorAll<HTMLElement>("[data-notify-count]")) {
      count.textContent = String(unread)
      count.hidden = unread === 0
    }
    this.#buttons()
  }

  #buttons(): void {
    const permission = "Notification" in window ? Notification.permission : "denied"
    for (const button of document.querySelectorAll<HTMLElement>("[data-notify-allow]")) button.hidden = permission !== "default"
    for (const words of document.querySelectorAll<HTMLElement>("[data-notify-denied]")) words.hidden = permission !== "denied"
  }

  async #allow(event: Event): Promise<void> {
    if (!(event.target as Element).closest?.("[data-notify-allow]")) return
    await Notification.requestPermission()
    this.#buttons()
  }
}
