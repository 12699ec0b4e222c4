// Pictures that are pasted, dropped or picked: laid on the table first, then put where the caret was.
import { Plugin } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from "y-prosemirror"

import type { Around } from "../around"
import { make } from "../dom"
import type { Id } from "../types"
import { schema } from "./schema"

export class Pictures {
  /** Says which pictures are on their way. */
  readonly element = make("ul", { class: "pictures-coming tiny", role: "status" })

  constructor(private readonly around: Around) {}

  plugin(): Plugin {
    return new Plugin({
      props: {
        handlePaste: (view, event) => !event.clipboardData?.getData("text/plain") && this.#bring(view, event.clipboardData?.files, view.state.selection.from),
        handleDrop: (view, event) => {
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos
          return this.#bring(view, event.dataTransfer?.files, at ?? view.state.selection.from)
        },
      },
    })
  }

  pick(view: EditorView): void {
    const picker = make("input", { type: "file", accept: "image/*", multiple: "" })
    picker.addEventListener("change", () => this.#bring(view, picker.files, view.state.selection.from))
    picker.click()
  }

  /** True when there were pictures among the files; other files go on the table. */
  #bring(view: EditorView, files: FileList | null | undefined, at: number): boolean {
    if (!files?.length || !view.editable) return false
    for (const file of files) {
      if (file.type.startsWith("image/")) void this.#put(view, file, at)
      else this.around.act(["files"], { in_page: false }, { file })
    }
    return true
  }

  /** Others may write meanwhile: the place is remembered by what stands beside it, not by counting. */
  async #put(view: EditorView, file: File, at: number): Promise<void> {
    const { say, notices } = this.around
    const waiting = make("li", {}, say("picture_coming", { name: file.name }))
    this.element.append(waiting)
    const place = placeKept(view, at)
    try {
      const id = await this.around.arrived(this.around.act(["files"], { in_page: true }, { file }))
      if (!view.isDestroyed) insert(view, id, file.name, place() ?? view.state.doc.content.size)
    } catch (why) {
      notices.show(`picture ${file.name}`, { words: why instanceof Error && why.message ? why.message : say("picture_failed", { name: file.name }), lasts: 20_000 })
    } finally {
      waiting.remove()
    }
  }
}

function placeKept(view: EditorView, at: number): () => number | null {
  const { type, binding } = ySyncPluginKey.getState(view.state)
  const relative = absolutePositionToRelativePosition(at, type, binding.mapping)
  return () => {
    const { doc, type, binding } = ySyncPluginKey.getState(view.state)
    return relativePositionToAbsolutePosition(doc, type, relative, binding.mapping)
  }
}

function insert(view: EditorView, id: Id, name: string, at: number): void {
  const alt = name.replace(/\.\w+$/, "")
  const image = schema.nodes.image!.create({ src: `booth-file:${id}`, alt })
  const { tr, doc } = view.state
  const place = doc.resolve(Math.min(at, doc.content.size))
  const empty = place.parent.isTextblock && place.parent.content.size === 0 && place.depth > 0
  if (empty) tr.replaceRangeWith(place.before(), place.after(), image)
  else tr.insert(place.parent.isTextblock ? place.after() : place.pos, image)
  view.dispatch(tr)
}
