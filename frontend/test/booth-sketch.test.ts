import assert from "node:assert/strict"
import { test } from "node:test"
import { curve, runs } from "../src/booth/sketch/curves"
import { around, boxOf, heightOf, meets, moved, passes, rows, scaled } from "../src/booth/sketch/geometry"
import { liesBelow, type Shape, shapeOf } from "../src/booth/sketch/shapes"
import { Sight } from "../src/booth/sketch/sight"

const whose = { by: 7, side: "ours", z: 2 } as const
const picture: Shape = { kind: "picture", ...whose, x: 10, y: 20, w: 300, h: 200, file: 5, alt: "scones" }
const stroke: Shape = { kind: "stroke", ...whose, z: 1, points: [0, 0, 50, 30, 0, 50], width: 4 }

test("each kind is read as it was put there", () => {
  for (const shape of [picture, stroke, { kind: "text", ...whose, x: 1, y: 2, size: 22, words: "side booth" }, { kind: "sticky", ...whose, x: 0, y: 0, w: 100, h: 80, size: 16, words: "no nuts" }]) {
    assert.deepEqual(shapeOf(shape), shape)
  }
})

test("what makes no sense is nothing, or bounded", () => {
  const nonsense = [null, 3, "stroke", {}, { kind: "stroke" }, { kind: "stroke", points: "abc" }, { kind: "script" }, { kind: "toString" }, [], { kind: "picture", file: "https://elsewhere.example" }, { kind: "picture", file: 0.5 }]
  for (const told of nonsense) assert.equal(shapeOf(told), null)
  const wild = shapeOf({ kind: "stroke", side: "staff", points: [NaN, Infinity, "x", 1e300, {}, null, 4], width: -9 })
  assert.ok(wild?.kind === "stroke" && wild.points.every(Number.isFinite) && wild.points.length === 6 && wild.side === "" && wild.width === 1)
  const note = shapeOf({ kind: "sticky", words: 5, x: NaN })
  assert.ok(note?.kind === "sticky" && note.words === "" && note.x === 0)
})

test("a line goes through the middles, and is as broad as the pen was pressed", () => {
  assert.equal(curve([1, 2, 50]), "M1 2l.1 0")
  assert.equal(curve([0, 0, 50, 10, 0, 50, 10, 10, 50]), "M0 0L5 0Q10 0 10 5L10 10")
  assert.deepEqual(runs([0, 0, 50, 10, 0, 52], 4).map(({ width }) => width), [4])
  const pressed = Array.from({ length: 9 }, (_, at) => [at * 10, 0, at < 5 ? 20 : 90]).flat()
  const found = runs(pressed, 10)
  assert.ok(found.length > 1 && found[0]!.width < found.at(-1)!.width)
  found.slice(1).forEach(({ d }, at) => assert.equal(d.slice(1).split(/[QL]/)[0], found[at]!.d.split(" ").slice(-2).join(" "), "it goes on where the last one ended"))
  assert.ok(found.at(-1)!.d.endsWith("L80 0"))
})

test("everything is in sight, and a finger meets what it touches", () => {
  const [left, top, width, height] = around([{ kind: "sticky", ...whose, x: -100, y: 900, w: 100, h: 100, size: 16, words: "" }, stroke])
  assert.ok(left < -100 && top < 0 && left + width > 640 && top + height > 1000)
  assert.equal(passes({ points: [0, 0, 50, 30, 40, 50] }, 30, 0), 24, "from the line, also between its points")
  assert.ok(meets(stroke, 15, 5, 4) && !meets(stroke, 15, 9, 4))
  assert.ok(meets(picture, 305, 215, 0) && !meets(picture, 330, 100, 10))
})

test("shapes are moved and made larger; pictures keep their form, and notes hold their words", () => {
  assert.deepEqual((moved(stroke, 5, -5) as typeof stroke).points, [5, -5, 50, 35, -5, 50])
  const larger = scaled(picture, 2)
  assert.deepEqual(boxOf(larger), [10, 20, 600, 400])
  const note = scaled({ kind: "sticky", ...whose, x: 0, y: 0, w: 160, h: 100, size: 16, words: "one two three four five six seven eight nine ten eleven twelve" }, 0.5)
  assert.ok(note.kind === "sticky" && note.w === 80 && note.h >= heightOf(note.words, 80, 16))
  assert.deepEqual(rows("one two three\nfour", 8), ["one two", "three", "four"])
  assert.equal(scaled(stroke, 3), stroke)
})

test("a picture lies below what is drawn on it", () => {
  assert.ok(liesBelow(picture, stroke) && !liesBelow(stroke, picture))
  assert.ok(liesBelow(stroke, { ...stroke, z: 5 }))
})

test("one looks nearer around a place, which stays where it is", () => {
  let looks = 0
  const sight = new Sight(() => ({ width: 800, height: 400 }), () => looks++)
  sight.show([0, 0, 400, 200])
  assert.equal(sight.scale, 2)
  assert.deepEqual(sight.at(400, 200), [200, 100])
  sight.zoom(2, 100, 100)
  assert.deepEqual([sight.at(100, 100), sight.scale], [[50, 50], 4])
  sight.pan(40, 0)
  assert.deepEqual(sight.seen(...sight.at(0, 0)), [0, 0])
  sight.zoom(1e9)
  assert.ok(sight.scale < 100)
  sight.zoom(1e-9)
  assert.ok(sight.scale > 0.001 && looks === 5)
})
