import assert from "node:assert/strict"
import { test } from "node:test"
import * as Y from "yjs"

import { agreedOn } from "../src/booth/goal/agreed"
import { changeOf, type Field, shifted, TextBinding, whereIs } from "../src/booth/goal/binding"
import type { Participant } from "../src/booth/types"

class Pad implements Field {
  selectionDirection = "none" as const
  selectionStart = 0
  selectionEnd = 0
  #value = ""

  get value(): string {
    return this.#value
  }

  /** A browser puts the caret at the end. */
  set value(value: string) {
    this.#value = value
    this.selectionStart = this.selectionEnd = value.length
  }

  setSelectionRange(start: number, end: number): void {
    this.selectionStart = Math.min(start, this.#value.length)
    this.selectionEnd = Math.min(end, this.#value.length)
  }

  type(words: string): void {
    const { selectionStart: start, selectionEnd: end } = this
    this.value = this.#value.slice(0, start) + words + this.#value.slice(end)
    this.setSelectionRange(start + words.length, start + words.length)
  }
}

/** Two people at one text: what one types comes to the other when `meet` is called. */
function two(words = "") {
  const docs = [new Y.Doc(), new Y.Doc()] as const
  docs[0].getText("goal").insert(0, words)
  const meet = () => {
    for (const [from, to] of [docs, [docs[1], docs[0]]] as const) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), "line")
  }
  meet()
  const sides = docs.map((doc) => {
    const pad = new Pad()
    return { pad, text: doc.getText("goal"), binding: new TextBinding(doc.getText("goal"), pad) }
  })
  return { lena: sides[0]!, ryan: sides[1]!, meet }
}

test("a change is the smallest one, and near the caret where it might be in several places", () => {
  assert.deepEqual(changeOf("breakfast", "breakfasts", 10), { index: 9, remove: 0, insert: "s" })
  assert.deepEqual(changeOf("aaa", "aaaa", 2), { index: 1, remove: 0, insert: "a" })
  assert.deepEqual(changeOf("one two three", "one three", 4), { index: 4, remove: 4, insert: "" })
  const { remove, insert } = changeOf("same", "same", 2)
  assert.deepEqual([remove, insert], [0, ""])
})

test("a sign that is written as a pair is never cut in two", () => {
  const { index, remove, insert } = changeOf("a🥐b", "a🥑b", 3)
  assert.deepEqual([index, remove, insert], [1, 2, "🥑"])
  const after = changeOf("🥐", "🥐🥐", 2)
  assert.equal(after.insert, "🥐")
})

test("what others type leaves the caret between the same letters", () => {
  const { lena, ryan, meet } = two("for Friday")
  lena.pad.setSelectionRange(4, 10)
  ryan.pad.setSelectionRange(0, 0)
  ryan.pad.type("breakfast ")
  ryan.binding.typed()
  meet()
  assert.equal(lena.pad.value, "breakfast for Friday")
  assert.deepEqual([lena.pad.selectionStart, lena.pad.selectionEnd], [14, 20])
})

test("both type in different places at once, and both have both", () => {
  const { lena, ryan, meet } = two("players fed")
  lena.pad.setSelectionRange(0, 0)
  lena.pad.type("Fourteen ")
  lena.binding.typed()
  ryan.pad.setSelectionRange(11, 11)
  ryan.pad.type(" by 8:30")
  ryan.binding.typed()
  meet()
  assert.equal(lena.pad.value, "Fourteen players fed by 8:30")
  assert.equal(ryan.pad.value, lena.pad.value)
})

test("words that are being composed wait, and go where they belong among what came meanwhile", () => {
  const { lena, ryan, meet } = two("cups for all")
  lena.pad.setSelectionRange(4, 4)
  lena.binding.composes(true)
  lena.pad.type(" にほ")
  lena.binding.typed()
  ryan.pad.setSelectionRange(0, 0)
  ryan.pad.type("Ten ")
  ryan.binding.typed()
  meet()
  assert.equal(lena.pad.value, "cups にほ for all")
  lena.pad.type("んご")
  lena.binding.composes(false)
  meet()
  assert.equal(lena.pad.value, "Ten cups にほんご for all")
  assert.equal(ryan.pad.value, lena.pad.value)
  assert.equal(lena.pad.selectionStart, "Ten cups にほんご".length)
})

test("a letter that another took out while it was replaced is not taken out twice", () => {
  const { lena, ryan, meet } = two("abcdef")
  lena.pad.setSelectionRange(1, 4)
  lena.binding.composes(true)
  lena.pad.type("X")
  ryan.pad.setSelectionRange(2, 6)
  ryan.pad.type("!")
  ryan.binding.typed()
  meet()
  lena.binding.composes(false)
  meet()
  assert.equal(lena.pad.value, ryan.pad.value)
  assert.ok(["aX!", "a!X"].includes(lena.pad.value), lena.pad.value)
})

test("places and letters are found again after changes", () => {
  const delta = [{ retain: 2 }, { insert: "xy" }, { delete: 3 }, { retain: 1 }]
  assert.deepEqual([0, 2, 3, 5, 6].map((place) => shifted(place, delta)), [0, 2, 4, 4, 5])
  assert.deepEqual([0, 2, 4, 5].map((letter) => whereIs(letter, [delta])), [0, null, null, 4])
})

test("however two type and meet, field and text never part", () => {
  let seed = 7
  const chance = (most: number) => (seed = (seed * 48271) % 2147483647) % most
  const { lena, ryan, meet } = two("begin")
  for (let round = 0; round < 400; round++) {
    const { pad, binding } = [lena, ryan][chance(2)]!
    const start = chance(pad.value.length + 1)
    pad.setSelectionRange(start, Math.min(pad.value.length, start + chance(4)))
    pad.type(["a", "bc", "", " ", "aa"][chance(5)]!)
    binding.typed()
    if (chance(3) === 0) meet()
  }
  meet()
  assert.equal(lena.pad.value, lena.text.toString())
  assert.equal(ryan.pad.value, lena.pad.value)
})

test("a yes holds for the words as they are, and shows that they were changed", () => {
  const seats = [{ id: 1, side: "ours" }, { id: 2, side: "yours" }] as Participant[]
  const yes = (by: number, words: string) => ({ by, words, at: "" })
  assert.deepEqual(agreedOn(" Fed by 8:30 ", [yes(1, "Fed by 8:30")], seats), { to: [1], before: [], both: false })
  assert.deepEqual(agreedOn("Fed", [yes(1, "Fed"), yes(2, "Fed")], seats), { to: [1, 2], before: [], both: true })
  assert.deepEqual(agreedOn("Fed and warm", [yes(1, "Fed"), yes(2, "Fed and warm")], seats), { to: [2], before: [1], both: false })
})
