import assert from "node:assert/strict"
import { test } from "node:test"
import { around, curve, passes, shapeOf } from "../src/booth/sketch/shapes"

test("a stroke and a note are read as they were drawn", () => {
  const stroke = shapeOf({ kind: "stroke", side: "ours", points: [0, 0, 50, 10, 5, 50], width: 3, z: 2 })
  assert.deepEqual(stroke, { kind: "stroke", side: "ours", points: [0, 0, 50, 10, 5, 50], width: 3, z: 2 })
  assert.equal(shapeOf({ kind: "sticky", words: "no nuts", w: 100, h: 80 })?.kind, "sticky")
})

test("what makes no sense is nothing, or bounded", () => {
  for (const told of [null, 3, "stroke", {}, { kind: "stroke" }, { kind: "stroke", points: "abc" }, { kind: "script" }, []]) assert.equal(shapeOf(told), null)
  const wild = shapeOf({ kind: "stroke", side: "staff", points: [NaN, Infinity, "x", 1e300, {}, null, 4], width: -9 })
  assert.ok(wild?.kind === "stroke" && wild.points.every(Number.isFinite) && wild.points.length === 6 && wild.side === "" && wild.width === 1)
  const note = shapeOf({ kind: "sticky", words: 5, x: NaN })
  assert.ok(note?.kind === "sticky" && note.words === "" && note.x === 0)
})

test("a line goes through the middles, and everything is in sight", () => {
  assert.equal(curve([1, 2, 50]), "M1 2l.1 0")
  assert.equal(curve([0, 0, 50, 10, 0, 50, 10, 10, 50]), "M0 0L5 0Q10 0 10 5L10 10")
  const [left, top, width, height] = around([{ kind: "sticky", side: "", x: -100, y: 900, w: 100, h: 100, words: "", z: 0 }])
  assert.ok(left < -100 && top < 0 && left + width > 640 && top + height > 1000)
  assert.equal(passes({ kind: "stroke", side: "", points: [0, 0, 50, 30, 40, 50], width: 3, z: 0 }, 30, 0), 30)
})
