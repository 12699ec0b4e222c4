// Parts of the notes that are more than marks on paper: a box to tick, a picture that lies on the table.
import type { Node } from "prosemirror-model"
import type { EditorView, NodeView, NodeViewConstructor } from "prosemirror-view"

import type { Around } from "../around"
import { make } from "../dom"
import { fileOf } from "./clean"

type Where = () => number | undefined

class TaskView implements NodeView {
  readonly dom = make("li", { class: "task" })
  readonly contentDOM = make("div", { class: "task-words" })
  readonly #tick = make("input", { type: "checkbox", class: "tick" })

  constructor(around: Around, node: Node, private readonly view: EditorView, private readonly where: Where) {
    const box = make("span", { class: "task-tick", contenteditable: "false" }, this.#tick)
    this.#tick.setAttribute("aria-label", around.say("task_done"))
    this.#tick.addEventListener("change", () => this.#ticked())
    this.dom.append(box, this.contentDOM)
    this.#show(node)
  }

  update(node: Node): boolean {
    if (node.type.name !== "task_item") return false
    this.#show(node)
    return true
  }

  stopEvent(event: Event): boolean {
    return event.target === this.#tick
  }

  ignoreMutation(mutation: { type: string; target: globalThis.Node }): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target)
  }

  #show(node: Node): void {
    this.#tick.checked = node.attrs.checked === true
    this.#tick.disabled = !this.view.editable
    this.dom.dataset.checked = String(node.attrs.checked)
  }

  #ticked(): void {
    const at = this.where()
    if (at !== undefined && this.view.editable) this.view.dispatch(this.view.state.tr.setNodeMarkup(at, null, { checked: this.#tick.checked }))
  }
}

class PictureView implements NodeView {
  readonly dom = make("figure", { class: "picture" })
  readonly #image = make("img")
  readonly #gone: HTMLElement

  constructor(private readonly around: Around, node: Node) {
    this.#gone = make("figcaption", { class: "tiny", hidden: "" }, around.say("picture_gone"))
    this.#image.addEventListener("error", () => (this.#gone.hidden = false))
    this.#image.addEventListener("load", () => (this.#gone.hidden = true))
    this.dom.append(this.#image, this.#gone)
    this.#show(node)
  }

  update(node: Node): boolean {
    if (node.type.name !== "image") return false
    this.#show(node)
    return true
  }

  ignoreMutation(): boolean {
    return true
  }

  #show({ attrs }: Node): void {
    const file = fileOf(attrs.src)
    const url = file === null ? "" : this.#url(file)
    if (url && this.#image.getAttribute("src") !== url) this.#image.src = url
    this.#gone.hidden = file !== null
    this.#image.alt = String(attrs.alt)
    if (attrs.width) this.dom.dataset.width = String(attrs.width)
    else delete this.dom.dataset.width
  }

  /** A smaller copy where the table names one. */
  #url(file: number): string {
    const row = this.around.rows.now.files.find(({ id }) => id === file)
    return row?.preview ?? this.around.desk.fileUrl(file)
  }
}

export function views(around: Around): Record<string, NodeViewConstructor> {
  return {
    task_item: (node, view, where) => new TaskView(around, node, view, where),
    image: (node) => new PictureView(around, node),
  }
}
