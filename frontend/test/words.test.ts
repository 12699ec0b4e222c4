import assert from "node:assert/strict"
import { test } from "node:test"

import { bare, plausible, shown, split } from "../src/lib/addresses"
import { tokenBefore } from "../src/lib/caret"

test("addresses part at commas, not at those inside a name", () => {
  assert.deepEqual(split('"Hallam, Joe" <joe@h.example>, ida@b.example;\nper@c.example'), [
    '"Hallam, Joe" <joe@h.example>', "ida@b.example", "per@c.example",
  ])
  assert.deepEqual(split(" , ;"), [])
})

test("a chip shows the name, the form keeps the address", () => {
  assert.equal(shown('"Hallam, Joe" <joe@h.example>'), "Hallam, Joe")
  assert.equal(shown("ida@b.example"), "ida@b.example")
  assert.equal(bare("Ida <ida@b.example>"), "ida@b.example")
})

test("what cannot be an address is told", () => {
  assert.ok(plausible("Ida <ida@b.example>"))
  assert.ok(plausible("ünal@müller.example"))
  for (const wrong of ["ida", "ida@b", "ida@b.", "@b.example", "i da@b.example", "ida@.example"]) assert.ok(!plausible(wrong), wrong)
})

test("a mark counts at the start of a word only", () => {
  assert.deepEqual(tokenBefore("ask @Tom", 8), { sign: "@", query: "Tom", start: 4 })
  assert.deepEqual(tokenBefore("#", 1), { sign: "#", query: "", start: 0 })
  assert.equal(tokenBefore("joe@hallam", 10), null)
  assert.equal(tokenBefore("number #1 is", 12), null)
})
