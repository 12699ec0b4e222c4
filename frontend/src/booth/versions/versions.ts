// What the page was at other times: looked at beside the page, and brought back as an ordinary change.
import * as Y from "yjs"

import { type Around, nameOf } from "../around"
import { button, make, time } from "../dom"
import type { Panel } from "../panel"
import type { Id } from "../types"
import { keepForm, keepNow } from "./keep"
import type { Past } from "./past"

interface Version {
  id: Id
  at: string
  why: "tidied" | "saved" | "kept" | "ended" | "returned"
  name: string
  changes: number
  by: Id | null
}

export class Versions implements Panel {
  readonly title: string
  readonly element = make("div", { class: "versions" })
  readonly #list = make("ul", { class: "version-list" })
  #drawn: Past | null = null
  readonly #past = make("div", { class: "past" })
  readonly #keep: HTMLFormElement

  constructor(private readonly around: Around) {
    this.title = around.say("versions")
    this.#keep = keepForm(around, () => void this.#load())
    this.element.append(this.#keep, this.#list, this.#past)
  }

  opened(): void {
    this.#keep.hidden = !this.around.mayEdit
    void this.#load()
  }

  closed(): void {
    this.#drawn?.destroy()
    this.#drawn = null
    this.#past.replaceChildren()
  }

  async #load(): Promise<void> {
    const { desk, say } = this.around
    try {
      const { versions } = await desk.get<{ versions: Version[] }>("versions")
      this.#list.replaceChildren(...versions.map((version) => this.#row(version)))
      if (!versions.length) this.#list.replaceChildren(make("li", { class: "quiet" }, say("versions_none")))
    } catch {
      this.#list.replaceChildren(make("li", { class: "quiet" }, say("versions_away")))
    }
  }

  #row(version: Version): HTMLElement {
    const { say, times } = this.around
    const when = time(version.at, times.due(version.at, false), times.full(version.at))
    const why = say(`version_${version.why}`, { name: nameOf(this.around, version.by) })
    const about = make("span", {}, when, " ", ...(version.name ? [make("b", {}, version.name), " "] : []), make("span", { class: "tiny" }, why))
    return make("li", { class: "between" }, about, button(say("version_look"), () => void this.#look(version), { icon: "eye", class: "button plain" }))
  }

  async #look(version: Version): Promise<void> {
    const { desk, say, times, notices } = this.around
    try {
      const [data, { drawPast }, { bringBack }] = await Promise.all([desk.bytes(`versions/${version.id}`), import("./past"), import("./bring")])
      const past = new Y.Doc()
      Y.applyUpdate(past, data)
      const heading = make("h3", { tabindex: "-1" }, say("version_of", { when: times.full(version.at) }))
      const back = button(say("version_bring"), async () => {
        if (!(await keepNow(this.around, { why: "returned" }))) return
        bringBack(this.around.doc, past)
        this.around.announce(say("version_brought"))
        notices.show("version", { words: say("version_brought"), kind: "kind", icon: "reopen", lasts: 12_000 })
        void this.#load()
      }, { icon: "reopen" })
      back.hidden = !this.around.mayEdit
      this.closed()
      this.#drawn = drawPast(this.around, past)
      this.#past.replaceChildren(make("div", { class: "between" }, heading, back), ...this.#drawn.elements)
      heading.focus()
    } catch {
      notices.show("version", { words: say("version_failed"), lasts: 12_000 })
    }
  }
}
