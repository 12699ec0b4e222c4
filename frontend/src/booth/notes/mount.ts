// The notes: rich text that all write at once.
import { dropCursor } from "prosemirror-dropcursor"
import { gapCursor } from "prosemirror-gapcursor"
import { EditorState, type Transaction } from "prosemirror-state"
import { tableEditing } from "prosemirror-tables"
import { EditorView } from "prosemirror-view"
import { initProseMirrorDoc, ySyncPlugin, yUndoPlugin } from "y-prosemirror"

import type { Around } from "../around"
import type { Mounted } from "../types"
import { carets } from "./carets"
import { Composing } from "./composing"
import { Context } from "./context"
import { keys } from "./keys"
import { pasted } from "./pasted"
import { Pictures } from "./pictures"
import { rules } from "./rules"
import { schema } from "./schema"
import { Toolbar } from "./toolbar"
import { views } from "./views"

export function mountNotes(element: HTMLElement, around: Around): Mounted {
  const { say, doc, awareness } = around
  let view: EditorView
  const now = () => view
  const pictures = new Pictures(around)
  const context = new Context(around, now)
  const toolbar = new Toolbar(around, now, { link: () => context.askLink(), picture: () => pictures.pick(view) })
  const notes = doc.getXmlFragment("notes")
  const begun = notes.length ? initProseMirrorDoc(notes, schema) : null
  const state = EditorState.create({
    schema,
    doc: begun?.doc,
    plugins: [
      ySyncPlugin(notes, { mapping: begun?.mapping }), carets(awareness), yUndoPlugin(), rules(), ...keys(() => toolbar.focus(), () => context.askLink()),
      pictures.plugin(), tableEditing(), dropCursor({ class: "drop-here", color: false }), gapCursor(),
    ],
  })
  element.replaceChildren(toolbar.element, context.element, pictures.element)
  view = new EditorView(element, {
    state, nodeViews: views(around), editable: () => around.mayEdit, transformPastedHTML: pasted,
    attributes: { class: "notes", "aria-label": say("notes"), "aria-multiline": "true", role: "textbox", "aria-description": say("notes_keys"), spellcheck: "true" },
    dispatchTransaction(this: EditorView, transaction: Transaction) {
      if (this.isDestroyed) return // carets may come a moment later
      this.updateState(this.state.apply(transaction)) // also while it is being made, when there is no `view` yet
      toolbar.show(this.state)
      context.show(this.state)
    },
  })
  const composing = new Composing((yes) => around.hold(yes))
  composing.follow(view.dom)
  toolbar.element.hidden = !around.mayEdit
  toolbar.show(view.state)
  return {
    destroy() {
      composing.ends()
      view.destroy()
      element.replaceChildren()
    },
  }
}
