import assert from "node:assert/strict"
import { mock, test } from "node:test"

import { Mark } from "../src/lib/mark"
import { Soon } from "../src/lib/soon"

test("many hints close together are one fetch", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  let runs = 0
  const soon = new Soon(() => void (runs += 1), 40)
  for (let i = 0; i < 10; i++) soon.call()
  mock.timers.tick(39)
  assert.equal(runs, 0)
  mock.timers.tick(1)
  assert.equal(runs, 1)
  mock.timers.reset()
})

test("hints during a fetch are one more fetch after it", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  let runs = 0
  let finish: () => void = () => undefined
  const soon = new Soon(() => {
    runs += 1
    return new Promise<void>((resolve) => (finish = resolve))
  }, 40)
  soon.call()
  mock.timers.tick(40)
  soon.call()
  soon.call()
  mock.timers.tick(1000)
  assert.equal(runs, 1)
  finish()
  for (let i = 0; i < 4; i++) await Promise.resolve()
  mock.timers.tick(40)
  assert.equal(runs, 2)
  mock.timers.reset()
})

test("once stopped, nothing runs", () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  let runs = 0
  const soon = new Soon(() => void (runs += 1))
  soon.call()
  soon.stop()
  soon.call()
  mock.timers.tick(1000)
  assert.equal(runs, 0)
  mock.timers.reset()
})

test("the mark moves on by this page's own time, in the server's clock", () => {
  let clock = 100
  const mark = new Mark(() => clock)
  mark.read("1700000000000-ab12")
  clock += 2500
  assert.equal(mark.now(), "1700000002500-ab12")
  assert.equal(mark.now(500), "1700000002000-ab12")
  assert.equal(mark.start(), "1700000000000-ab12")
})

test("without a mark the stream begins now", () => {
  const mark = new Mark(() => 0)
  mark.read("")
  assert.equal(mark.now() + mark.start(), "")
})
