// Notes drawn to be read, without an editor.
import { DOMSerializer } from "prosemirror-model"
import { yXmlFragmentToProseMirrorFragment } from "y-prosemirror"
import type * as Y from "yjs"

import type { Desk } from "../kept/sending"
import { schema } from "./schema"

export function drawNotes(notes: Y.XmlFragment, desk: Desk): DocumentFragment {
  const drawn = DOMSerializer.fromSchema(schema).serializeFragment(yXmlFragmentToProseMirrorFragment(notes, schema)) as DocumentFragment
  for (const image of drawn.querySelectorAll<HTMLImageElement>("img[data-file]")) image.src = desk.fileUrl(image.dataset.file!)
  return drawn
}
