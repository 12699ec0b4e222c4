import assert from "node:assert/strict"
import { test } from "node:test"
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness"
import * as Y from "yjs"
import { Company, type Growing, type Pointing, stepped, Telling, unstepped } from "../src/booth/sketch/company"
import { Sheet } from "../src/booth/sketch/sheet"

const lena = { id: 1, side: "ours" as const }
const ryan = { id: 2, side: "yours" as const }

/** Two devices at one board. */
function two(): [Y.Doc, Y.Doc] {
  const docs: [Y.Doc, Y.Doc] = [new Y.Doc(), new Y.Doc()]
  docs.forEach((doc, at) => doc.on("update", (update: Uint8Array, origin: unknown) => origin !== "line" && Y.applyUpdate(docs[1 - at]!, update, "line")))
  return docs
}

test("each takes back only what is its own", () => {
  const [ours, theirs] = two()
  const [a, b] = [new Sheet(ours, lena), new Sheet(theirs, ryan)]
  const mine = a.put({ kind: "stroke", points: [0, 0, 50], width: 3 })
  const hers = b.put({ kind: "text", x: 0, y: 0, size: 22, words: "Austin here" })
  assert.equal(b.get(mine)?.side, "ours")
  a.undo()
  a.undo()
  assert.deepEqual(b.keys(), [hers])
  a.redo()
  assert.equal(a.keys().length, 2)
  b.undo()
  assert.deepEqual(a.keys(), [mine])
})

test("a change to what somebody took away brings nothing back", () => {
  const [ours, theirs] = two()
  const [a, b] = [new Sheet(ours, lena), new Sheet(theirs, ryan)]
  const key = a.put({ kind: "text", x: 0, y: 0, size: 22, words: "door" })
  const shape = a.get(key)!
  b.remove([key])
  a.change(key, shape)
  assert.deepEqual([a.keys(), b.keys()], [[], []])
})

test("what a rubber took in one go comes back in one", () => {
  const [ours] = two()
  const sheet = new Sheet(ours, lena)
  for (const x of [0, 1, 2]) sheet.put({ kind: "stroke", points: [x, 0, 50], width: 3 })
  const done = sheet.together()
  for (const key of sheet.keys()) sheet.remove([key])
  done()
  assert.deepEqual(sheet.keys(), [])
  sheet.undo()
  assert.equal(sheet.keys().length, 3)
  sheet.undo()
  assert.equal(sheet.keys().length, 2)
})

test("points go over as steps", () => {
  const points = [100, 200, 50, 103, 198, 60, 103, 190, 61]
  assert.deepEqual(stepped(points), [100, 200, 50, 3, -2, 60, 0, -8, 61])
  assert.deepEqual(unstepped(stepped(points)), points)
})

test("others see a line while it grows, cheaply, and until it is on the board", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] })
  const [here, there] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())]
  here.setLocalStateField("user", { id: 1, name: "Lena", side: "ours" })
  let bytes = 0
  here.on("update", () => {
    const update = encodeAwarenessUpdate(here, [here.clientID])
    bytes = Math.max(bytes, update.length)
    applyAwarenessUpdate(there, update, "line")
  })
  let lines: Growing[] = []
  let pointers = new Map<number, Pointing>()
  const company = new Company(there, () => false, { lines: (now) => (lines = now), pointers: (now) => (pointers = now) })
  const telling = new Telling(here)
  const line = { key: "a-1", width: 3, points: [] as number[] }
  for (let at = 0; at < 600; at++) {
    line.points.push(at * 3, at % 7, 50)
    telling.drawing(line)
    context.mock.timers.tick(16)
  }
  telling.pointing({ x: 5, y: 6 })
  context.mock.timers.tick(100)
  assert.deepEqual(lines[0]?.points, line.points)
  assert.equal(lines[0]?.side, "ours")
  assert.ok(bytes < 600, `a message has ${bytes} bytes`)
  assert.deepEqual([...pointers.values()].map(({ name, x, y }) => [name, x, y]), [["Lena", 5, 6]])
  telling.drawing(null)
  context.mock.timers.tick(100)
  assert.equal(lines.length, 1, "it waits for its place on the board")
  company.put(["a-1"])
  assert.equal(lines.length, 0)
  telling.destroy()
  company.destroy()
  for (const each of [here, there]) each.destroy()
})

test("what somebody says that they draw is read as data of a stranger", () => {
  const [here, there] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())]
  let lines: Growing[] = []
  const company = new Company(there, () => false, { lines: (now) => (lines = now), pointers: () => undefined })
  const said: unknown[] = [3, {}, { key: 1, steps: [1, 2, 3] }, { key: "a", steps: "abc" }, { key: "a", steps: [1] }, { key: "b", from: -1e300, width: "x", steps: [NaN, {}, null, 4] }]
  for (const drawing of said) {
    here.setLocalState({ user: { id: 1, name: "Lena", side: "staff" }, drawing, pointer: { pane: "sketch", x: "far", y: null } })
    applyAwarenessUpdate(there, encodeAwarenessUpdate(here, [here.clientID]), "line")
  }
  assert.deepEqual(lines, [{ key: "b", width: 3, side: "yours", points: [0, 0, 0] }])
  company.destroy()
  for (const each of [here, there]) each.destroy()
})
