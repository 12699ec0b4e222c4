// A page as it was, drawn to be read.
import { Awareness } from "y-protocols/awareness"
import type * as Y from "yjs"

import { type Around, nameOf } from "../around"
import { make } from "../dom"
import { drawNotes } from "../notes/reading"
import { mountSketch } from "../sketch/mount"
import type { Mounted } from "../types"

export interface Past extends Mounted {
  elements: HTMLElement[]
}

export function drawPast(around: Around, past: Y.Doc): Past {
  const { say } = around
  const goal = make("p", { class: "voice" }, past.getText("goal").toString())
  const notes = make("div", { class: "notes" })
  notes.append(drawNotes(past.getXmlFragment("notes"), around.desk))
  const board = make("div")
  const awareness = new Awareness(past)
  const sketch = mountSketch(board, {
    doc: past, awareness, you: around.rows.now.you, mayEdit: false,
    upload: () => Promise.reject(new Error(say("looking"))), fileUrl: (id) => around.desk.fileUrl(id), nameOf: (id) => nameOf(around, id), words: around.words,
  })
  return {
    elements: [goal, notes, board],
    destroy() {
      sketch.destroy()
      awareness.destroy()
    },
  }
}
