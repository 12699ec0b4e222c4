// The tools of the notes: one stop for Tab, arrows lead from one to the next.
import type { Command, EditorState } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { redo, undo, yUndoPluginKey } from "y-prosemirror"

import type { Around } from "../around"
import { button, make } from "../dom"
import type { PATHS } from "../icons"
import { around as nearest, hasMark, inList, KINDS, kindOf, linkAround, putTable, setKind, toggle, toggleList, toggleQuote } from "./acts"
import { schema } from "./schema"

interface Tool {
  element: HTMLElement
  show?(state: EditorState): void
}

const { bullet_list, ordered_list, task_list, blockquote } = schema.nodes

export interface ToolActs {
  link(): void
  picture(): void
}

export class Toolbar {
  readonly element = make("div", { class: "notes-tools", role: "toolbar" })
  readonly #tools: Tool[]
  #kind!: HTMLSelectElement

  constructor(private readonly around: Around, private readonly view: () => EditorView, acts: ToolActs) {
    const { say } = around
    this.element.setAttribute("aria-label", say("notes_tools"))
    this.#tools = [
      this.#kinds(),
      this.#letter("B", "strong"), this.#letter("I", "em"), this.#letter("U", "underline"), this.#letter("S", "strike"),
      this.#pressed("link", "tool_link", () => acts.link(), (state) => linkAround(state) !== null),
      this.#command("bullets", "tool_bullets", toggleList(bullet_list!), (state) => inList(state, bullet_list!)),
      this.#command("numbers", "tool_numbers", toggleList(ordered_list!), (state) => inList(state, ordered_list!)),
      this.#command("tasks", "tool_tasks", toggleList(task_list!), (state) => inList(state, task_list!)),
      this.#command("quote", "tool_quote", toggleQuote(), (state) => nearest(state, [blockquote!]) !== null),
      this.#plain("table", "tool_table", () => this.#run(putTable)),
      this.#plain("image", "tool_picture", () => acts.picture()),
      this.#history("undo", undo, (state) => yUndoPluginKey.getState(state)?.undoManager.canUndo() ?? false),
      this.#history("redo", redo, (state) => yUndoPluginKey.getState(state)?.undoManager.canRedo() ?? false),
    ]
    this.element.append(...this.#tools.map(({ element }) => element))
    this.#rove(this.#tools[0]!.element)
    this.element.addEventListener("keydown", (event) => this.#key(event))
    this.element.addEventListener("focusin", (event) => this.#rove(event.target as HTMLElement))
  }

  focus(): void {
    this.element.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }

  show(state: EditorState): void {
    for (const tool of this.#tools) tool.show?.(state)
  }

  #run(command: Command): void {
    const view = this.view()
    command(view.state, view.dispatch, view)
    view.focus()
  }

  #kinds(): Tool {
    const { say } = this.around
    this.#kind = make("select", { class: "input select", "aria-label": say("tool_kind") }, ...KINDS.map((kind) => make("option", { value: kind }, say(`kind_${kind.replace("-", "_")}`))))
    this.#kind.addEventListener("change", () => this.#run(setKind(this.#kind.value)))
    return { element: this.#kind, show: (state) => (this.#kind.value = kindOf(state)) }
  }

  #letter(letter: string, mark: string): Tool {
    const element = button("", () => this.#run(toggle(mark)), { class: "button plain", label: this.around.say(`tool_${mark}`) })
    element.append(make("span", { class: `letter-${mark}`, "aria-hidden": "true" }, letter))
    return { element: still(element), show: (state) => press(element, hasMark(state, schema.marks[mark]!)) }
  }

  #command(name: keyof typeof PATHS, key: string, command: Command, on: (state: EditorState) => boolean): Tool {
    return this.#pressed(name, key, () => this.#run(command), on)
  }

  #pressed(name: keyof typeof PATHS, key: string, act: () => void, on: (state: EditorState) => boolean): Tool {
    const { element } = this.#plain(name, key, act)
    return { element, show: (state) => press(element, on(state)) }
  }

  #plain(name: keyof typeof PATHS, key: string, act: () => void): Tool {
    return { element: still(button("", act, { icon: name, class: "button plain", label: this.around.say(key) })) }
  }

  #history(name: "undo" | "redo", act: (state: EditorState) => boolean, can: (state: EditorState) => boolean): Tool {
    const { element } = this.#plain(name, `tool_${name}`, () => {
      act(this.view().state)
      this.view().focus()
    })
    return { element, show: (state) => element.setAttribute("aria-disabled", String(!can(state))) }
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") return this.view().focus()
    const at = this.#tools.findIndex(({ element }) => element === document.activeElement)
    const rtl = getComputedStyle(this.element).direction === "rtl"
    const last = this.#tools.length - 1
    const steps: Record<string, number> = { ArrowRight: at + (rtl ? -1 : 1), ArrowLeft: at + (rtl ? 1 : -1), Home: 0, End: last }
    const next = steps[event.key]
    if (at < 0 || next === undefined) return
    event.preventDefault()
    this.#tools[(next + last + 1) % (last + 1)]!.element.focus()
  }

  #rove(to: HTMLElement): void {
    for (const { element } of this.#tools) element.tabIndex = element === to ? 0 : -1
  }
}

/** Pressing a tool takes the focus out of nothing. */
function still<Element extends HTMLElement>(element: Element): Element {
  element.addEventListener("mousedown", (event) => event.preventDefault())
  return element
}

function press(element: HTMLElement, on: boolean): void {
  element.setAttribute("aria-pressed", String(on))
}
