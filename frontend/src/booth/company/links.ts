// Asking somebody in: an address to hand over, and a drawing of it for the phone across the counter.
import { askJSON, Refused } from "../../lib/request"
import type { Around } from "../around"
import { button, icon, make, taps } from "../dom"
import { uuid } from "../kept/key"
import type { Link, Table } from "../types"

type Role = Link["role"]

/** A link as it is shown this once: its address, and the same as a drawing (a data: address). */
interface Made {
  id: number
  url: string
  qr: string
}

/** For how long a link lets somebody in; without hours until it is taken back. */
const LASTS: { key: string; hours: number | null }[] = [{ key: "day", hours: 24 }, { key: "week", hours: 168 }, { key: "long", hours: null }]

export class Links {
  readonly element = make("section", { class: "links stack" })
  readonly #made = make("div", { class: "link-made" })
  readonly #list = make("ul", { class: "link-list" })
  #role: Role = "edit"
  #hours = LASTS[1]!.hours
  #shown = ""

  /** `more` leads to the page with every other way: by mail, in an answer, large on this screen. */
  constructor(private readonly around: Around, more: string) {
    const { say } = around
    const roles = taps("link-role", say("link_for"), [["edit", say("link_edit")], ["view", say("link_view")]], this.#role, (role) => (this.#role = role as Role))
    const lasts = taps("link-lasts", say("link_lasts"), LASTS.map(({ key }) => [key, say(`link_lasts_${key}`)]), LASTS[1]!.key, (chosen) => {
      this.#hours = LASTS.find(({ key }) => key === chosen)!.hours
    })
    const makes = button(say("link_make"), () => void this.#make(), { icon: "link", class: "button main" })
    this.element.append(make("h3", {}, say("ask_in")), make("p", { class: "small quiet" }, say("ask_in_hint")), roles, lasts, make("div", { class: "cluster" }, makes, make("a", { class: "link", href: more }, say("ask_in_more"))), this.#made, this.#list)
    around.rows.watch((table) => this.#show(table))
  }

  async #make(): Promise<void> {
    const { desk, say, notices, rows } = this.around
    try {
      const body = JSON.stringify({ once: uuid(), role: this.#role, ...(this.#hours ? { hours: this.#hours } : {}) })
      const made = await askJSON<Made>(`${desk.base}/links`, { method: "POST", body })
      this.#hand(made)
      await rows.refetch("links")
    } catch (error) {
      const why = error instanceof Refused ? String(error.body.detail ?? "") : ""
      notices.show("links", { words: why || say("link_failed"), lasts: 20_000 })
    }
  }

  /** The address is shown this once; whoever has it may come in. */
  #hand({ url, qr }: Made): void {
    const { say } = this.around
    const address = make("input", { class: "input", readonly: "", value: url, "aria-label": say("link_address") })
    address.addEventListener("focus", () => address.select())
    const copy = button(say("copy"), () => void this.#copy(address, copy), { icon: "copy" })
    const code = make("img", { class: "qr", src: qr, alt: say("link_qr"), width: "168", height: "168" })
    this.#made.replaceChildren(code, make("div", { class: "stack" }, make("p", { class: "small" }, say("link_once")), address, copy))
    address.focus()
  }

  async #copy(address: HTMLInputElement, pressed: HTMLButtonElement): Promise<void> {
    const { say } = this.around
    address.select()
    try {
      await navigator.clipboard.writeText(address.value)
      pressed.replaceChildren(icon("check"), say("copied"))
    } catch {
      this.around.announce(say("copy_by_hand"))
      pressed.replaceChildren(icon("copy"), say("copy_by_hand"))
    }
  }

  #show({ links = [] }: Table): void {
    const { say, times } = this.around
    const standing = links.filter(({ revoked, expires_at, uses_left }) => !revoked && uses_left !== 0 && (!expires_at || Date.parse(expires_at) > Date.now()))
    const shown = JSON.stringify(standing)
    if (shown === this.#shown) return
    this.#shown = shown
    this.#list.hidden = standing.length === 0
    this.#list.replaceChildren(...standing.map(({ id, role, hint, expires_at }) => {
      const until = expires_at ? say("link_until", { when: times.due(expires_at, false) }) : ""
      const words = [say(role === "edit" ? "link_to_edit" : "link_to_view", { hint }), until].filter(Boolean).join(", ")
      return make("li", { class: "between" }, make("span", { class: "small" }, words),
        button(say("link_revoke"), () => this.around.act(["links", id, "revoke"]), { class: "button plain" }))
    }))
  }
}
