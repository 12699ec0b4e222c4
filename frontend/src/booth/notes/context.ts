// A line below the tools for what the caret is in: a link's address, a picture's words and width, a table's rows.
import type { Command, EditorState } from "prosemirror-state"
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable } from "prosemirror-tables"
import type { EditorView } from "prosemirror-view"

import type { Around } from "../around"
import { button, field, icon, make, taps } from "../dom"
import { linkAround, selectedImage, setImage } from "./acts"
import { typedHref } from "./clean"
import { schema } from "./schema"

const WIDTHS: [string, string][] = [["", "picture_own"], ["50", "picture_half"], ["100", "picture_whole"]]

export class Context {
  readonly element = make("div", { class: "notes-context", hidden: "" })
  #shown = ""
  #asking = false

  constructor(private readonly around: Around, private readonly view: () => EditorView) {}

  show(state: EditorState): void {
    if (this.#asking && this.element.contains(document.activeElement)) return
    this.#asking = false
    const image = selectedImage(state)
    const link = image ? null : linkAround(state)
    const key = image ? `image ${image.from}` : link ? `link ${link.from} ${link.href}` : isInTable(state) ? "table" : ""
    if (key === this.#shown) return
    this.#fill(key, image ? this.#image(state) : link ? this.#link(link.href) : key ? this.#table() : [])
  }

  /** Asks where the marked words lead. */
  askLink(): void {
    const { say } = this.around
    const href = linkAround(this.view().state)?.href ?? ""
    const address = make("input", { class: "input", inputmode: "url", value: href, "aria-label": say("link_where"), placeholder: "https://" })
    const form = make("form", { class: "cluster" }, address, make("button", { class: "button" }, say("link_put")), button(say("close"), () => this.#done(), { class: "button plain" }))
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.#putLink(address)
    })
    form.addEventListener("keydown", (event) => event.key === "Escape" && this.#done())
    this.#fill("asking", [form])
    this.#asking = true
    address.focus()
  }

  #fill(key: string, children: HTMLElement[]): void {
    this.#shown = key
    this.element.hidden = children.length === 0
    this.element.replaceChildren(...children)
  }

  #putLink(address: HTMLInputElement): void {
    const href = typedHref(address.value)
    if (!href) {
      address.setAttribute("aria-invalid", "true")
      return this.around.notices.show("link", { words: this.around.say("link_unsafe"), lasts: 8_000 })
    }
    const { state, dispatch } = this.view()
    const link = schema.marks.link!
    const now = linkAround(state)
    const { from, to, empty } = state.selection
    const tr = state.tr
    if (now) tr.removeMark(now.from, now.to, link).addMark(now.from, now.to, link.create({ href }))
    else if (empty) tr.insert(from, schema.text(address.value.trim(), [link.create({ href })]))
    else tr.addMark(from, to, link.create({ href }))
    dispatch(tr)
    this.#done()
  }

  #done(): void {
    this.#asking = false
    this.#fill("", [])
    this.view().focus()
    this.show(this.view().state)
  }

  #run(command: Command): void {
    const view = this.view()
    command(view.state, view.dispatch, view)
    view.focus()
  }

  #link(href: string): HTMLElement[] {
    const { say } = this.around
    const open = make("a", { class: "button plain", href, target: "_blank", rel: "noopener noreferrer nofollow" }, icon("link"), make("span", { class: "context-address" }, href.replace(/^(https?:\/\/|mailto:|tel:)/, "")))
    const take = button(say("link_take"), () => this.#run((state, dispatch) => {
      const now = linkAround(state)
      if (now) dispatch?.(state.tr.removeMark(now.from, now.to, schema.marks.link!))
      return now !== null
    }), { class: "button plain" })
    return [make("div", { class: "cluster" }, open, button(say("link_change"), () => this.askLink(), { class: "button plain" }), take)]
  }

  #image(state: EditorState): HTMLElement[] {
    const { say } = this.around
    const { attrs } = selectedImage(state)!.node
    const alt = make("input", { class: "input", value: String(attrs.alt), maxlength: "500" })
    alt.addEventListener("change", () => {
      const view = this.view()
      setImage({ alt: alt.value.trim() })(view.state, view.dispatch)
    })
    const width = taps("picture-width", say("picture_width"), WIDTHS.map(([value, key]) => [value, say(key)]), String(attrs.width ?? ""), (value) => {
      this.#run(setImage({ width: value ? Number(value) : null }))
    })
    return [field(say("picture_alt"), alt), width]
  }

  #table(): HTMLElement[] {
    const { say } = this.around
    const tool = (key: string, command: Command) => button(say(key), () => this.#run(command), { class: "button plain" })
    return [make("div", { class: "cluster" }, tool("table_row", addRowAfter), tool("table_column", addColumnAfter), tool("table_row_off", deleteRow), tool("table_column_off", deleteColumn), tool("table_off", deleteTable))]
  }
}
