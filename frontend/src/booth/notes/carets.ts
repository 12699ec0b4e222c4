// Where the others write: a caret with their name, and what they have marked. Without inline styles.
import { yCursorPlugin } from "y-prosemirror"
import type { Plugin } from "prosemirror-state"
import type { Awareness } from "y-protocols/awareness"

import { make } from "../dom"
import type { Present } from "../types"

type User = Present["user"]

export function carets(awareness: Awareness): Plugin {
  return yCursorPlugin(awareness, {
    cursorBuilder: (user: User) => make("span", { class: "caret", "data-side": sideOf(user), "data-name": user?.name ?? "", "aria-hidden": "true" }, "\u2060"),
    selectionBuilder: (user: User) => ({ class: "marked", "data-side": sideOf(user) }),
  }) as Plugin
}

function sideOf(user: User): string {
  return user?.side === "ours" ? "ours" : "yours"
}
