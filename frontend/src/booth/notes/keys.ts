// Keys of the notes. Tab belongs to lists and tables; Esc lets it go, so that nobody is caught in here.
import { baseKeymap, chainCommands, exitCode, splitBlock } from "prosemirror-commands"
import { redo, undo } from "y-prosemirror"
import { undoInputRule } from "prosemirror-inputrules"
import { keymap } from "prosemirror-keymap"
import { splitListItem } from "prosemirror-schema-list"
import { type Command, Plugin, Selection } from "prosemirror-state"
import { goToNextCell } from "prosemirror-tables"

import { deeper, higher, setKind, toggle, toggleList } from "./acts"
import { schema } from "./schema"

const { list_item, task_item, bullet_list, ordered_list, task_list, hard_break } = schema.nodes

const putBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(hard_break!.create()).scrollIntoView())
  return true
}

const whole = (run: (state: Parameters<Command>[0]) => boolean): Command => (state) => {
  run(state)
  return true
}

/** `toToolbar` moves the focus there; `link` asks for an address. */
export function keys(toToolbar: () => void, link: () => void): Plugin[] {
  let free = false
  const tab = (command: Command): Command => (state, dispatch, view) => !free && command(state, dispatch, view)
  const freeing = new Plugin({
    props: {
      handleKeyDown: (_view, event) => {
        free = event.key === "Escape" || (free && ["Tab", "Shift"].includes(event.key))
        return false
      },
      handleDOMEvents: { focus: () => ((free = false), false) },
    },
  })
  const own = keymap({
    "Mod-z": whole(undo), "Mod-y": whole(redo), "Shift-Mod-z": whole(redo),
    "Mod-b": toggle("strong"), "Mod-i": toggle("em"), "Mod-u": toggle("underline"), "Mod-Shift-x": toggle("strike"), "Mod-e": toggle("code"),
    "Mod-Alt-0": setKind("paragraph"), "Mod-Alt-1": setKind("heading-1"), "Mod-Alt-2": setKind("heading-2"), "Mod-Alt-3": setKind("heading-3"),
    "Mod-Shift-7": toggleList(ordered_list!), "Mod-Shift-8": toggleList(bullet_list!), "Mod-Shift-9": toggleList(task_list!),
    "Mod-k": () => (link(), true), "Alt-F10": () => (toToolbar(), true),
    Backspace: undoInputRule,
    Enter: chainCommands(splitListItem(list_item!), splitListItem(task_item!, { checked: false })),
    "Shift-Enter": chainCommands(exitCode, putBreak), "Mod-Enter": chainCommands(tick, exitCode, splitBlock),
    "Mod-]": deeper, "Mod-[": higher,
    Tab: tab(chainCommands(goToNextCell(1), leaveTable, deeper)), "Shift-Tab": tab(chainCommands(goToNextCell(-1), higher)),
  })
  return [freeing, own, keymap(baseKeymap)]
}

/** Ticks the task that the caret is in, or takes the tick off. */
function tick(...[state, dispatch]: Parameters<Command>): boolean {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth)
    if (node.type !== task_item) continue
    dispatch?.(state.tr.setNodeMarkup($from.before(depth), null, { checked: !node.attrs.checked }))
    return true
  }
  return false
}

/** From the last cell of a table Tab leads out below it. */
function leaveTable(...[state, dispatch]: Parameters<Command>): boolean {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type !== schema.nodes.table) continue
    const after = Selection.findFrom(state.doc.resolve($from.after(depth)), 1, true)
    if (after) dispatch?.(state.tr.setSelection(after).scrollIntoView())
    return Boolean(after)
  }
  return false
}
