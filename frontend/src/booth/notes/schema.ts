// What notes are made of. Contents are no stricter than they must be: what two people do at once may leave a list item
// without its first paragraph, and then nothing of it may be lost.
import { type Attrs, type DOMOutputSpec, type Fragment, type Mark, type MarkSpec, type MarkType, type Node, type NodeSpec, type NodeType, Schema } from "prosemirror-model"
import { tableNodes } from "prosemirror-tables"

import { cleaned, fileOf, safeHref } from "./clean"

const NODES: Record<string, NodeSpec> = {
  doc: { content: "block+" },
  paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  heading: {
    content: "inline*", group: "block", defining: true, attrs: { level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, getAttrs: (head: HTMLElement) => cleaned("heading", { level: head.dataset.level ?? level }) })),
    toDOM: ({ attrs }) => [`h${Number(attrs.level) + 2}`, { "data-level": String(attrs.level) }, 0],
  },
  blockquote: { content: "block+", group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
  code_block: {
    content: "text*", group: "block", marks: "", code: true, defining: true,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }], toDOM: () => ["pre", ["code", 0]],
  },
  horizontal_rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  task_list: { content: "task_item+", group: "block", parseDOM: [{ tag: "ul[data-tasks]", priority: 60 }], toDOM: () => ["ul", { "data-tasks": "" }, 0] },
  task_item: {
    content: "block+", defining: true, attrs: { checked: { default: false } },
    parseDOM: [{ tag: "li[data-checked]", priority: 60, getAttrs: (item) => ({ checked: item.dataset.checked === "true" }) }],
    toDOM: ({ attrs }) => ["li", { "data-checked": String(attrs.checked) }, 0],
  },
  bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  ordered_list: {
    content: "list_item+", group: "block", attrs: { order: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (list) => cleaned("ordered_list", { order: (list as HTMLOListElement).start }) }],
    toDOM: ({ attrs }) => ["ol", attrs.order === 1 ? {} : { start: String(attrs.order) }, 0],
  },
  list_item: { content: "block+", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  image: {
    group: "block", draggable: true, attrs: { src: { default: "" }, alt: { default: "" }, width: { default: null } },
    parseDOM: [{ tag: "img[data-file]", getAttrs: (image) => cleaned("image", { src: `booth-file:${image.dataset.file}`, alt: image.getAttribute("alt"), width: image.dataset.width }) }],
    toDOM: ({ attrs }) => picture(attrs),
  },
  ...tableNodes({ tableGroup: "block", cellContent: "block+", cellAttributes: {} }),
  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, linebreakReplacement: true, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
}

const MARKS: Record<string, MarkSpec> = {
  link: {
    attrs: { href: { default: "" } }, inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (anchor) => (safeHref(anchor.getAttribute("href")) ? { href: safeHref(anchor.getAttribute("href")) } : false) }],
    toDOM: ({ attrs }) => (attrs.href ? ["a", { href: String(attrs.href), rel: "noopener noreferrer nofollow", target: "_blank" }, 0] : ["span", 0]),
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  underline: { parseDOM: [{ tag: "u" }], toDOM: () => ["u", 0] },
  strike: { parseDOM: [{ tag: "s" }, { tag: "del" }], toDOM: () => ["s", 0] },
  code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
}

/** A picture without its address: whoever draws it knows where files are. */
function picture(attrs: Attrs): DOMOutputSpec {
  const file = fileOf(attrs.src)
  const width = attrs.width ? { "data-width": String(attrs.width) } : {}
  return ["img", { ...(file === null ? {} : { "data-file": String(file) }), alt: String(attrs.alt), ...width }]
}

/** A schema that makes nodes and marks with attributes as they may be, whatever the shared document says. */
class NotesSchema extends Schema {
  override node(type: string | NodeType, attrs?: Attrs | null, content?: Fragment | Node | readonly Node[] | null, marks?: readonly Mark[]): Node {
    return super.node(type, cleaned(nameOf(type), attrs), content ?? undefined, marks)
  }

  override mark(type: string | MarkType, attrs?: Attrs | null): Mark {
    return super.mark(type, cleaned(nameOf(type), attrs))
  }
}

function nameOf(type: string | { name: string }): string {
  return typeof type === "string" ? type : type.name
}

export const schema: Schema = new NotesSchema({ nodes: NODES, marks: MARKS })
