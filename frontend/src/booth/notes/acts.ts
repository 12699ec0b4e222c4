// What can be done to notes: marks, kinds of paragraphs, lists, tables, each as a command.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands"
import type { Attrs, MarkType, NodeType } from "prosemirror-model"
import { liftListItem, sinkListItem, wrapInList } from "prosemirror-schema-list"
import { type Command, type EditorState, NodeSelection, TextSelection } from "prosemirror-state"

import { schema } from "./schema"

const { list_item, task_item, bullet_list, ordered_list, task_list, blockquote, table, table_row, table_header, table_cell, paragraph } = schema.nodes
const ITEMS = [list_item!, task_item!]
const LISTS = [bullet_list!, ordered_list!, task_list!]

/** The nearest node of these kinds around the selection, with its depth. */
export function around(state: EditorState, types: NodeType[]): { type: NodeType; depth: number; attrs: Attrs; pos: number } | null {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    const { type, attrs } = $from.node(depth)
    if (types.includes(type)) return { type, depth, attrs, pos: $from.before(depth) }
  }
  return null
}

export function hasMark(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection
  return empty ? Boolean(type.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, type)
}

export function inList(state: EditorState, list: NodeType): boolean {
  return around(state, LISTS)?.type === list
}

/** Makes a list of this kind, makes one kind into another, or takes the paragraph out of it. */
export function toggleList(list: NodeType): Command {
  const item = list === task_list ? task_item! : list_item!
  return (state, dispatch) => {
    const now = around(state, LISTS)
    if (!now) return wrapInList(list)(state, dispatch) || wrapTask(list)(state, dispatch)
    if (now.type === list) return liftListItem(item)(state, dispatch)
    if (dispatch) dispatch(turned(state, now.pos, list, item))
    return true
  }
}

/** A list of one kind becomes another: its items too. */
function turned(state: EditorState, pos: number, list: NodeType, item: NodeType) {
  const tr = state.tr
  const before = state.doc.nodeAt(pos)!
  const items = before.children.map((child) => item.create(null, child.content, child.marks))
  tr.replaceWith(pos, pos + before.nodeSize, list.create(null, items))
  return tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(state.selection.from, tr.doc.content.size))))
}

function wrapTask(list: NodeType): Command {
  return list === task_list ? wrapIn(list) : () => false
}

/** One level deeper, or higher; which kind of item it is says the selection. */
export const deeper: Command = (state, dispatch) => ITEMS.some((item) => sinkListItem(item)(state, dispatch))
export const higher: Command = (state, dispatch) => ITEMS.some((item) => liftListItem(item)(state, dispatch))

export function toggleQuote(): Command {
  return (state, dispatch) => (around(state, [blockquote!]) ? lift(state, dispatch) : wrapIn(blockquote!)(state, dispatch))
}

/** Kinds of paragraphs, as the choice in the toolbar names them. */
export const KINDS = ["paragraph", "heading-1", "heading-2", "heading-3", "code_block"] as const
export type Kind = (typeof KINDS)[number]

export function kindOf(state: EditorState): Kind {
  const { parent } = state.selection.$from
  const name = parent.type.name === "heading" ? `heading-${parent.attrs.level}` : parent.type.name
  return KINDS.find((kind) => kind === name) ?? "paragraph"
}

export function setKind(kind: string): Command {
  const [name, level] = kind.split("-")
  return setBlockType(schema.nodes[name!] ?? paragraph!, level ? { level: Number(level) } : null)
}

export function toggle(name: string): Command {
  return toggleMark(schema.marks[name]!)
}

/** A table of three by three, the first row its heads; the caret goes into the first of them. */
export const putTable: Command = (state, dispatch) => {
  const row = (cell: NodeType) => table_row!.create(null, [0, 1, 2].map(() => cell.createAndFill()!))
  const made = table!.create(null, [row(table_header!), row(table_cell!), row(table_cell!)])
  if (!dispatch) return !state.selection.$from.parent.type.spec.code
  const tr = state.tr.replaceSelectionWith(made)
  const at = tr.mapping.map(state.selection.from, -1)
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at))).scrollIntoView())
  return true
}

export function selectedImage(state: EditorState): NodeSelection | null {
  const { selection } = state
  return selection instanceof NodeSelection && selection.node.type.name === "image" ? selection : null
}

export function setImage(attrs: { alt?: string; width?: number | null }): Command {
  return (state, dispatch) => {
    const image = selectedImage(state)
    if (!image) return false
    if (dispatch) {
      const tr = state.tr.setNodeMarkup(image.from, null, { ...image.node.attrs, ...attrs })
      dispatch(tr.setSelection(NodeSelection.create(tr.doc, image.from)))
    }
    return true
  }
}

/** The link around the caret: its address, and from where to where it reaches. */
export function linkAround(state: EditorState): { href: string; from: number; to: number } | null {
  const link = schema.marks.link!
  const { $from } = state.selection
  const inside = (at: number) => link.isInSet($from.parent.maybeChild(at)?.marks ?? [])
  const index = $from.index()
  const mark = inside(index) ?? ($from.textOffset === 0 && index > 0 ? inside(index - 1) : undefined)
  if (!mark) return null
  let first = inside(index) === mark || inside(index)?.eq(mark) ? index : index - 1
  let last = first
  while (first > 0 && inside(first - 1)?.eq(mark)) first--
  while (inside(last + 1)?.eq(mark)) last++
  const from = $from.posAtIndex(first)
  return { href: String(mark.attrs.href), from, to: $from.posAtIndex(last + 1) }
}
