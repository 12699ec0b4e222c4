// A page as it was, laid over the page as it is.
import { updateYFragment, yXmlFragmentToProseMirrorRootNode } from "y-prosemirror"
import type * as Y from "yjs"

import { changeOf } from "../goal/binding"
import { schema } from "../notes/schema"

/** The origin of what is brought back: an ordinary change of the reader's own. */
const BROUGHT_BACK = "brought back"

/** Makes the page read and look as it did: goal, notes and sketch. What was written since stays in the history. */
export function bringBack(doc: Y.Doc, past: Y.Doc): void {
  doc.transact((change) => {
    bringText(doc.getText("goal"), past.getText("goal").toString())
    const notes = doc.getXmlFragment("notes")
    const then = yXmlFragmentToProseMirrorRootNode(past.getXmlFragment("notes"), schema)
    updateYFragment(change.doc, notes, then, { mapping: new Map(), isOMark: new Map() })
    bringMap(doc.getMap("sketch"), past.getMap("sketch"))
  }, BROUGHT_BACK)
}

function bringText(text: Y.Text, then: string): void {
  const { index, remove, insert } = changeOf(text.toString(), then, then.length)
  if (remove) text.delete(index, remove)
  if (insert) text.insert(index, insert)
}

function bringMap(now: Y.Map<unknown>, then: Y.Map<unknown>): void {
  for (const key of now.keys()) if (!then.has(key)) now.delete(key)
  for (const [key, value] of then.entries()) if (JSON.stringify(now.get(key)) !== JSON.stringify(value)) now.set(key, value)
}
