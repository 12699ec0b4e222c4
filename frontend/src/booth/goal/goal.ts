// The goal on top: written by both, and said to be right by both.
import * as Y from "yjs"

import { type Around, nameOf } from "../around"
import { button, icon, make, seat } from "../dom"
import { together } from "../words"
import { agreedOn, asAgreed } from "./agreed"
import { TextBinding } from "./binding"

const MOST = 2_000

export class Goal {
  readonly element: HTMLElement
  readonly #field: HTMLTextAreaElement
  readonly #agreement = make("div", { class: "goal-agreed", role: "group" })
  readonly #text: Y.Text
  readonly #undo: Y.UndoManager
  #binding: TextBinding | null = null
  #shown = ""

  constructor(private readonly around: Around) {
    const { say } = around
    const heading = make("h1", { id: "goal-heading" }, say("goal_question"))
    this.#field = make("textarea", {
      class: "goal-words", rows: "1", maxlength: String(MOST), "aria-labelledby": "goal-heading", placeholder: say("goal_hint"), spellcheck: "true",
    })
    this.#agreement.setAttribute("aria-label", say("goal_right"))
    this.element = make("section", { class: "goal", "aria-labelledby": "goal-heading", "data-pane": "goal" }, heading, this.#field, this.#agreement)
    this.#text = around.doc.getText("goal")
    this.#undo = new Y.UndoManager(this.#text, { trackedOrigins: new Set([TextBinding]) })
    this.#listen()
    this.#text.observe(() => this.#show())
    around.rows.watch(() => this.#show())
  }

  /** The document is there: from now on the field is the shared text. Until then it shows the words we know. */
  begin(): void {
    this.#binding ??= new TextBinding(this.#text, this.#field)
    this.#show()
  }

  destroy(): void {
    this.#binding?.destroy()
    this.#undo.destroy()
  }

  #listen(): void {
    const field = this.#field
    field.addEventListener("input", () => {
      this.#binding?.typed()
      this.#grow()
    })
    field.addEventListener("compositionstart", () => this.#binding?.composes(true))
    field.addEventListener("compositionend", () => this.#binding?.composes(false))
    field.addEventListener("beforeinput", (event) => this.#history(event, event.inputType))
    field.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === "z") this.#history(event, event.shiftKey ? "historyRedo" : "historyUndo")
      else if (key === "y") this.#history(event, "historyRedo")
    })
  }

  /** Takes back what we wrote ourselves, never what others did. */
  #history(event: Event, kind: string): void {
    if (kind !== "historyUndo" && kind !== "historyRedo") return
    event.preventDefault()
    if (kind === "historyUndo") this.#undo.undo()
    else this.#undo.redo()
  }

  #show(): void {
    const { rows, mayEdit } = this.around
    if (!this.#binding) this.#field.value = rows.now.booth.goal
    this.#field.readOnly = !mayEdit || !this.#binding
    this.#grow()
    this.#showAgreement(this.#words.trim())
  }

  /** The goal as it stands for everyone; the field may be a letter behind, or have one that is still being composed. */
  get #words(): string {
    return this.#binding ? this.#text.toString() : this.around.rows.now.booth.goal
  }

  /** Where the browser does not fit a field to its words by itself. */
  #grow(): void {
    if (CSS.supports("field-sizing", "content")) return
    this.#field.style.blockSize = "auto"
    this.#field.style.blockSize = `${this.#field.scrollHeight}px`
  }

  #showAgreement(words: string): void {
    const { rows, mayEdit, say } = this.around
    const { to, before, both } = agreedOn(words, rows.now.agreements, rows.now.participants)
    const asked = words !== "" && mayEdit && !to.includes(rows.now.you.id)
    const shown = JSON.stringify([words === "", to, before, both, asked, rows.now.participants])
    if (shown === this.#shown) return
    this.#shown = shown
    this.#agreement.replaceChildren(...(words ? this.#lines(to, before, both) : []))
    if (asked) this.#agreement.append(...this.#question(to.length === 0, say("goal_yes")))
  }

  #lines(to: (string | number)[], before: (string | number)[], both: boolean): HTMLElement[] {
    const { say, lang } = this.around
    const names = (ids: (string | number)[]) => together(ids.map((id) => nameOf(this.around, id)), lang)
    if (to.length) {
      const key = to.length === 1 ? "goal_one_agrees" : "goal_agree"
      return [make("p", { class: "lined" }, both ? seat("together") : icon("check", true), say(key, { names: names(to) }))]
    }
    return before.length ? [make("p", {}, say("goal_changed", { names: names(before) }))] : []
  }

  #question(alone: boolean, yes: string): HTMLElement[] {
    const { say } = this.around
    const agree = button(yes, () => this.around.act(["goal", "agree"], { words: asAgreed(this.#words) }), { icon: "check" })
    return alone ? [make("p", {}, say("goal_right")), agree] : [agree]
  }
}
