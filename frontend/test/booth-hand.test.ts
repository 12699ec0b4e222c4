import assert from "node:assert/strict"
import { test } from "node:test"
import { Hand, type Touch } from "../src/booth/sketch/hand"
import { Keys } from "../src/booth/sketch/keys"
import { type Line, Pen } from "../src/booth/sketch/pen"

function held() {
  const put: Line[] = []
  const moves: unknown[] = []
  let named = 0
  const pen = new Pen({ at: ({ x, y }) => [x, y], scale: () => 1, name: () => `line-${named++}`, growing: () => undefined, put: (line) => put.push(line) })
  const hand = new Hand(() => pen, { pan: (x, y) => moves.push(["pan", x, y]), zoom: (by) => moves.push(["zoom", by]) })
  return { hand, put, moves }
}

function touch(kind: string, id: number, x: number, y: number, at: number, more: Partial<Touch> = {}): Touch {
  return { id, kind, x, y, pressure: 0.5, button: 0, at, ...more }
}

test("a mouse draws one line, and its other buttons none; the middle one moves the board", () => {
  const { hand, put, moves } = held()
  hand.down(touch("mouse", 1, 0, 0, 0))
  for (let x = 1; x <= 10; x++) hand.move(touch("mouse", 1, x, 0, x))
  hand.up(touch("mouse", 1, 10, 0, 11))
  hand.down(touch("mouse", 1, 0, 0, 20, { button: 2 }))
  hand.up(touch("mouse", 1, 0, 0, 21))
  assert.equal(put.length, 1)
  assert.deepEqual(put[0]!.points.slice(0, 3), [0, 0, 50])
  assert.ok(put[0]!.points.length < 30, "points that say nothing are left out")
  hand.down(touch("mouse", 1, 0, 0, 30, { button: 1 }))
  hand.move(touch("mouse", 1, 8, 3, 31))
  assert.deepEqual([moves, put.length], [[["pan", -8, -3]], 1])
})

test("a pen draws as broad as it is pressed, and a palm beside it does nothing", () => {
  const { hand, put, moves } = held()
  hand.down(touch("touch", 9, 300, 300, 0)) // the palm lies down first
  hand.move(touch("touch", 9, 320, 320, 5))
  hand.down(touch("pen", 1, 0, 0, 10, { pressure: 0.2 }))
  hand.down(touch("touch", 8, 310, 310, 12))
  hand.move(touch("touch", 8, 350, 350, 14))
  hand.move(touch("touch", 9, 350, 350, 14))
  hand.move(touch("pen", 1, 20, 0, 20, { pressure: 0.9 }))
  hand.up(touch("pen", 1, 20, 0, 30))
  for (const id of [8, 9]) hand.up(touch("touch", id, 350, 350, 40))
  hand.down(touch("touch", 7, 300, 300, 300))
  hand.up(touch("touch", 7, 300, 300, 310))
  assert.deepEqual([put.map(({ points }) => points), moves], [[[0, 0, 20, 20, 0, 90]], []])
  hand.down(touch("touch", 7, 5, 5, 2_000)) // later a finger draws again
  hand.up(touch("touch", 7, 5, 5, 2_010))
  assert.equal(put.length, 2)
})

test("two fingers move the board and come closer, and leave no line", () => {
  const { hand, put, moves } = held()
  hand.down(touch("touch", 1, 0, 0, 0))
  hand.move(touch("touch", 1, 3, 0, 10))
  hand.down(touch("touch", 2, 100, 0, 20))
  hand.move(touch("touch", 2, 203, 0, 30))
  hand.up(touch("touch", 2, 203, 0, 40))
  hand.move(touch("touch", 1, 60, 60, 50)) // the finger that is left does not draw
  hand.up(touch("touch", 1, 60, 60, 60))
  assert.deepEqual(put, [])
  assert.deepEqual(moves[1], ["zoom", 200 / 97])
  hand.down(touch("touch", 1, 0, 0, 100))
  hand.up(touch("touch", 1, 0, 0, 110))
  assert.equal(put.length, 1)
})

test("a line that was meant stays when a second finger comes, and when the page goes", () => {
  const { hand, put } = held()
  hand.down(touch("touch", 1, 0, 0, 0))
  hand.move(touch("touch", 1, 90, 0, 200))
  hand.down(touch("touch", 2, 100, 0, 220))
  assert.equal(put.length, 1)
  for (const id of [1, 2]) hand.up(touch("touch", id, 0, 0, 240))
  hand.down(touch("mouse", 3, 0, 0, 1_000))
  hand.move(touch("mouse", 3, 50, 0, 1_010))
  hand.rest()
  hand.move(touch("mouse", 3, 80, 0, 1_020))
  hand.up(touch("mouse", 3, 80, 0, 1_030))
  assert.deepEqual(put[1]!.points, [0, 0, 50, 50, 0, 50])
})

test("a line without end is put down in parts that meet", () => {
  const { hand, put } = held()
  hand.down(touch("mouse", 1, 0, 0, 0))
  for (let x = 2; x < 10_000; x += 2) hand.move(touch("mouse", 1, x, 0, x))
  hand.up(touch("mouse", 1, 0, 0, 0))
  assert.equal(put.length, 2)
  assert.deepEqual(put[1]!.points.slice(0, 3), put[0]!.points.slice(-3))
  assert.notEqual(put[0]!.key, put[1]!.key)
})

test("by keys one walks over the shapes, moves them, and is never caught", () => {
  const done: unknown[] = []
  let at: string | null = null
  const keys = new Keys({
    order: () => ["a", "b"], at: () => at, go: (key) => (at = key), nudge: (x, y) => done.push([at, x, y]), scale: (by) => done.push(["scale", by]),
    remove: () => done.push("remove"), open: () => done.push("open"), undo: () => done.push("undo"), redo: () => done.push("redo"),
  }, { pan: (x, y) => done.push(["pan", x, y]), zoom: (by: number) => done.push(["zoom", by]) })
  const press = (key: string, more: Partial<KeyboardEvent> = {}) => keys.press({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more })
  press("ArrowLeft")
  press("+")
  assert.ok(!press("Delete"), "nothing is chosen")
  assert.ok(press("Tab") && at === "a")
  press("ArrowUp")
  press("ArrowRight", { shiftKey: true })
  press("Delete")
  press("Enter")
  press("-")
  assert.deepEqual(done, [["pan", -40, 0], ["zoom", 1.25], ["a", 0, -10], ["a", 1, 0], "remove", "open", ["scale", 0.8]])
  assert.ok(press("Tab") && (at as string) === "b" && !press("Tab"), "after the last one Tab leads on")
  assert.ok(press("Escape") && at === null && !press("Tab"), "and after Escape too")
  at = "a"
  assert.ok(press("Tab", { shiftKey: true }) && at === null && !press("Tab", { shiftKey: true }))
  press("z", { ctrlKey: true })
  press("Z", { ctrlKey: true, shiftKey: true })
  assert.deepEqual(done.slice(-2), ["undo", "redo"])
  assert.ok(!press("c", { ctrlKey: true }) && !press("ArrowLeft", { altKey: true }))
})
