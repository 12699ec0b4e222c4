import assert from "node:assert/strict"
import { test } from "node:test"

import { Latest } from "../src/lib/latest"

test("an answer to older words is not shown over newer ones", () => {
  const latest = new Latest()
  latest.typed("jo")
  latest.typed("joe")
  assert.equal(latest.current("jo"), false)
  assert.equal(latest.current("joe"), true)
})

test("Enter opens at once what is shown already", () => {
  const latest = new Latest("joe")
  assert.equal(latest.enter("joe"), true)
})

test("a scanner's Enter waits for the answer to what was scanned, and opens only that", () => {
  const latest = new Latest()
  for (const words of ["4", "40", "400"]) latest.typed(words)
  assert.equal(latest.enter("400"), false)
  assert.equal(latest.answered("400"), true)
  assert.equal(latest.answered("400"), false)
})

test("who types on after Enter has not meant the first words", () => {
  const latest = new Latest()
  latest.typed("jo")
  latest.enter("jo")
  latest.typed("joa")
  assert.equal(latest.answered("joa"), false)
})

test("after a failure an Enter asks again", () => {
  const latest = new Latest()
  latest.typed("joe")
  latest.enter("joe")
  latest.failed()
  assert.equal(latest.answered("jo"), false)
  assert.equal(latest.enter("joe"), false)
  assert.equal(latest.answered("joe"), true)
})
