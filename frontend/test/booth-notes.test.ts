import assert from "node:assert/strict"
import { test } from "node:test"
import type { Node } from "prosemirror-model"
import { splitListItem } from "prosemirror-schema-list"
import { EditorState, NodeSelection, TextSelection, type Transaction } from "prosemirror-state"
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from "y-prosemirror"
import * as Y from "yjs"

import { deeper, kindOf, linkAround, putTable, setImage, setKind, toggle, toggleList, toggleQuote } from "../src/booth/notes/acts"
import { Composing } from "../src/booth/notes/composing"
import { cleaned, fileOf, safeHref, typedHref } from "../src/booth/notes/clean"
import { disarmed } from "../src/booth/notes/pasted"
import { rules } from "../src/booth/notes/rules"
import { schema } from "../src/booth/notes/schema"
import { bringBack } from "../src/booth/versions/bring"

const node = (name: string, attrs: object | null, ...content: (Node | string)[]) =>
  schema.node(name, attrs as never, content.map((child) => (typeof child === "string" ? schema.text(child) : child)))
const p = (...content: (Node | string)[]) => node("paragraph", null, ...content)

function state(...content: Node[]): EditorState {
  return EditorState.create({ schema, doc: schema.node("doc", null, content) })
}

function at(from: EditorState, anchor: number, head = anchor): EditorState {
  return from.apply(from.tr.setSelection(TextSelection.create(from.doc, anchor, head)))
}

function run(from: EditorState, act: typeof deeper): EditorState {
  let next = from
  act(from, (tr) => (next = from.apply(tr)))
  return next
}

test("only addresses that are safe to follow are links", () => {
  assert.equal(safeHref("https://example.org/a"), "https://example.org/a")
  for (const bad of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/sign-out", "//example.org", "vbscript:x", "", null]) {
    assert.equal(safeHref(bad), "", String(bad))
  }
  assert.equal(typedHref(" example.org/menu "), "https://example.org/menu")
  assert.equal(typedHref("joe@example.org"), "mailto:joe@example.org")
  assert.equal(typedHref("tel:+441632960123"), "tel:+441632960123")
  for (const bad of ["javascript:alert(1)", "menu", "two words"]) assert.equal(typedHref(bad), "", bad)
})

test("a picture is a file on this table and nothing else", () => {
  assert.equal(fileOf("booth-file:17"), 17)
  for (const bad of ["https://example.org/x.png", "booth-file:1/../2", "booth-file:", "data:image/png;base64,x", null]) assert.equal(fileOf(bad), null, String(bad))
})

test("attributes that another client wrote are cut to what they may be", () => {
  assert.deepEqual(cleaned("heading", { level: "1 onclick" }), { level: 2 })
  assert.deepEqual(cleaned("heading", { level: 99 }), { level: 3 })
  assert.deepEqual(cleaned("table_cell", { colspan: 1e9, rowspan: -4, colwidth: [1] }), { colspan: 20, rowspan: 1, colwidth: null })
  assert.deepEqual(cleaned("image", { src: "https://example.org/pixel.gif", width: 1e6 }), { src: "", alt: "", width: 100 })
  const doc = new Y.Doc()
  const heading = new Y.XmlElement("heading")
  heading.setAttribute("level", "<h1>")
  heading.insert(0, [new Y.XmlText("hello")])
  const link = new Y.XmlText()
  link.applyDelta([{ insert: "press me", attributes: { link: { href: "javascript:alert(1)" } } }])
  const paragraph = new Y.XmlElement("paragraph")
  paragraph.insert(0, [link])
  doc.getXmlFragment("notes").insert(0, [heading, paragraph])
  const read = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment("notes"), schema)
  assert.equal(read.child(0).attrs.level, 2)
  assert.equal(read.child(1).firstChild!.marks[0]!.attrs.href, "")
})

test("what two people leave behind at once is never too strange to be shown", () => {
  const doc = new Y.Doc()
  prosemirrorToYXmlFragment(state(node("bullet_list", null, node("list_item", null, p("nuts"), node("bullet_list", null, node("list_item", null, p("almonds")))))).doc, doc.getXmlFragment("notes"))
  const item = (doc.getXmlFragment("notes").get(0) as Y.XmlElement).get(0) as Y.XmlElement
  item.delete(0, 1)
  assert.equal(yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment("notes"), schema).textContent, "almonds")
})

test("lists are made, become others, and are left again", () => {
  const { bullet_list, task_list } = schema.nodes
  const listed = run(at(state(p("milo")), 2), toggleList(bullet_list!))
  assert.equal(listed.doc.firstChild!.type.name, "bullet_list")
  const tasks = run(listed, toggleList(task_list!))
  assert.deepEqual([tasks.doc.firstChild!.type.name, tasks.doc.firstChild!.firstChild!.attrs.checked], ["task_list", false])
  assert.equal(run(tasks, toggleList(task_list!)).doc.firstChild!.type.name, "paragraph")
  assert.equal(run(at(state(p("milo")), 2), toggleList(task_list!)).doc.firstChild!.type.name, "task_list")
  const two = state(node("bullet_list", null, node("list_item", null, p("a")), node("list_item", null, p("b"))))
  assert.equal(run(at(two, 8), deeper).doc.firstChild!.firstChild!.lastChild!.type.name, "bullet_list")
})

test("kinds of lines, marks, quotations and tables", () => {
  const head = run(at(state(p("who")), 1), setKind("heading-1"))
  assert.equal(kindOf(head), "heading-1")
  assert.equal(kindOf(run(head, setKind("paragraph"))), "paragraph")
  assert.equal(run(at(state(p("who")), 1, 4), toggle("strong")).doc.firstChild!.firstChild!.marks[0]!.type.name, "strong")
  const quoted = run(at(state(p("who")), 1), toggleQuote())
  assert.equal(quoted.doc.firstChild!.type.name, "blockquote")
  assert.equal(run(quoted, toggleQuote()).doc.firstChild!.type.name, "paragraph")
  const table = run(at(state(p()), 1), putTable)
  assert.equal(table.doc.firstChild!.type.name, "table")
  assert.equal(table.selection.$from.node(-1).type.name, "table_header")
})

test("signs that one types make lists and marks, and no list in a list by habit", () => {
  const typed = (words: string): Node => {
    const typing = rules()
    let now = at(EditorState.create({ schema, doc: schema.node("doc", null, [p()]), plugins: [typing] }), 1)
    const view = { get state() { return now }, dispatch: (tr: Transaction) => (now = now.apply(tr)), composing: false }
    for (const letter of words) {
      const { from, to } = now.selection
      if (letter === "\n") now = run(now, splitListItem(schema.nodes.list_item!) as typeof deeper)
      else if (!typing.props.handleTextInput!.call(typing, view as never, from, to, letter, () => now.tr)) now = now.apply(now.tr.insertText(letter, from, to))
    }
    return now.doc
  }
  const item = (words: string) => node("list_item", null, p(words))
  assert.deepEqual(typed("- one\n- two").toJSON(), schema.node("doc", null, [node("bullet_list", null, item("one"), item("two"))]).toJSON())
  assert.deepEqual(typed("1. one\n2. two").toJSON(), schema.node("doc", null, [node("ordered_list", null, item("one"), item("two"))]).toJSON())
  const marked = typed("much **cream** and *no* `x`.").firstChild!
  assert.equal(marked.textContent, "much cream and no x.")
  assert.deepEqual(marked.children.map(({ text, marks }) => [text, ...marks.map((mark) => mark.type.name)]), [["much "], ["cream", "strong"], [" and "], ["no", "em"], [" "], ["x", "code"], ["."]])
  assert.equal(typed("2*3*4 and ** stars **").textContent, "2*3*4 and ** stars **")
})

test("a link is found from its first letter to its last", () => {
  const link = schema.mark("link", { href: "https://example.org/" })
  const with_link = state(p("see ", schema.text("the ", [link]), schema.text("menu", [link, schema.mark("strong")]), " now"))
  for (const caret of [6, 9, 12]) assert.deepEqual(linkAround(at(with_link, caret)), { href: "https://example.org/", from: 5, to: 13 })
  assert.equal(linkAround(at(with_link, 2)), null)
})

test("a picture keeps what is said about it", () => {
  const from = state(node("image", { src: "booth-file:4" }), p("x"))
  const selected = from.apply(from.tr.setSelection(NodeSelection.create(from.doc, 0)))
  const described = run(run(selected, setImage({ alt: "Two scones" })), setImage({ width: 50 }))
  assert.deepEqual({ ...described.doc.firstChild!.attrs }, { src: "booth-file:4", alt: "Two scones", width: 50 })
})

test("an earlier version comes back as an ordinary change, and what stays the same is not touched", () => {
  const doc = new Y.Doc()
  doc.getText("goal").insert(0, "Fed by 8:30")
  prosemirrorToYXmlFragment(state(p("first"), p("second")).doc, doc.getXmlFragment("notes"))
  doc.getMap("sketch").set("1-1", { kind: "text", words: "here" })
  const past = new Y.Doc()
  Y.applyUpdate(past, Y.encodeStateAsUpdate(doc))
  const first = doc.getXmlFragment("notes").get(0)
  doc.getText("goal").delete(0, 11)
  doc.getXmlFragment("notes").delete(1, 1)
  doc.getMap("sketch").delete("1-1")
  doc.getMap("sketch").set("2-1", { kind: "text", words: "scribble" })
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  bringBack(doc, past)
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  assert.equal(other.getText("goal").toString(), "Fed by 8:30")
  assert.equal(yXmlFragmentToProseMirrorRootNode(other.getXmlFragment("notes"), schema).textBetween(0, 15, "|"), "first|second")
  assert.deepEqual(other.getMap("sketch").toJSON(), { "1-1": { kind: "text", words: "here" } })
  assert.equal(doc.getXmlFragment("notes").get(0), first)
})

test("styles and handlers in what is pasted are read under other names", () => {
  assert.equal(disarmed('<p style="color:red" onclick=x()>style=1 on=2</p>'), '<p data-looks="color:red" data-gone=x()>style=1 on=2</p>')
  assert.equal(disarmed("<style>p{}</style><svg/onload=x>"), "<template>p{}</template><svg/data-gone=x>")
})

test("what others write waits while words are composed, but not while they rest", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] })
  const held: boolean[] = []
  const composing = new Composing((yes) => held.push(yes))
  composing.goesOn()
  context.mock.timers.tick(3_000)
  composing.goesOn()
  context.mock.timers.tick(3_000)
  assert.deepEqual(held, [true])
  composing.ends()
  composing.ends()
  assert.deepEqual(held, [true, false])
  composing.goesOn()
  context.mock.timers.tick(5_000)
  assert.deepEqual(held, [true, false, true, false], "a phone's keyboard keeps a word open: the others are read all the same")
})
