import assert from "node:assert/strict"
import { test } from "node:test"

import { nameOf, Sequence, spoken } from "../src/lib/keys"

test("a letter is its own name, whatever the case of the lock", () => {
  assert.equal(nameOf({ key: "e" }), "e")
  assert.equal(nameOf({ key: "E" }), "e")
  assert.equal(nameOf({ key: "I", shiftKey: true }), "Shift+I")
})

test("a sign counts as the sign, not as the shift that made it", () => {
  assert.equal(nameOf({ key: "?", shiftKey: true }), "?")
  assert.equal(nameOf({ key: "#" , altKey: true }), "#")
})

test("Ctrl and ⌘ are one", () => {
  assert.equal(nameOf({ key: "Enter", ctrlKey: true }), "mod+Enter")
  assert.equal(nameOf({ key: "k", metaKey: true }), "mod+k")
})

test("a bare modifier is no key", () => assert.equal(nameOf({ key: "Shift", shiftKey: true }), ""))

test("on a keyboard of another script the place counts", () => {
  assert.equal(nameOf({ key: "у", code: "KeyE" }), "e")
})

test("a sequence is completed by its last key, and only in time", () => {
  const sequence = new Sequence(1000)
  const offered = ["g i", "g p", "e"]
  assert.equal(sequence.press("g", offered, 0), null)
  assert.equal(sequence.press("i", offered, 500), "g i")
  assert.equal(sequence.press("g", offered, 2000), null)
  assert.equal(sequence.press("p", offered, 4000), null)
})

test("a key that breaks a sequence counts for itself", () => {
  const sequence = new Sequence()
  assert.equal(sequence.press("g", ["g i", "e"], 0), null)
  assert.equal(sequence.press("e", ["g i", "e"], 10), "e")
  assert.equal(sequence.press("i", ["g i", "e"], 20), null)
})

test("the longer sequence wins over its last key", () => {
  const sequence = new Sequence()
  sequence.press("g", ["g i", "i"], 0)
  assert.equal(sequence.press("i", ["g i", "i"], 10), "g i")
})

test("keys are shown as they are written on the keyboard", () => {
  assert.deepEqual(spoken("mod+Enter", false), [["Ctrl", "Enter"]])
  assert.deepEqual(spoken("g i", true), [["G"], ["I"]])
})
