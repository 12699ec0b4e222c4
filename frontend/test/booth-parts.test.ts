import assert from "node:assert/strict"
import { test } from "node:test"

import { placeIn } from "../src/booth/company/pointers"
import { changesIn, sitting } from "../src/booth/company/who"
import { uuid } from "../src/booth/kept/key"
import { Since, statusOf } from "../src/booth/kept/status"
import { behind, makesWay, placeAt } from "../src/booth/steps/order"
import { sizeOf } from "../src/booth/talk/files"
import { Times } from "../src/booth/times"
import type { Participant } from "../src/booth/types"
import { speaker, together } from "../src/booth/words"

const NOW = Date.parse("2026-02-24T10:00:00Z") // a Tuesday
const times = (zone: string, lang = "en") => new Times(lang, zone, () => NOW)

test("times are as short as they can be, in the reader's zone and language", () => {
  const london = times("Europe/London")
  assert.equal(london.since("2026-02-24T08:19:00Z"), "8:19")
  assert.equal(london.since("2026-02-23T08:19:00Z"), "yesterday")
  assert.equal(london.since("2026-02-20T08:19:00Z"), "Friday")
  assert.equal(london.since("2026-01-02T08:19:00Z"), "2 January")
  assert.equal(london.since("2019-03-04T08:19:00Z"), "4 March 2019")
  assert.equal(london.due("2026-02-27T07:45:00Z", false), "Friday 7:45")
  assert.equal(london.due("2026-02-27T12:00:00Z", true), "Friday")
  assert.equal(london.due("2026-02-24T12:00:00Z", true), "today")
  assert.equal(times("Asia/Tokyo").since("2026-02-23T20:00:00Z"), "5:00")
  assert.equal(times("Europe/Berlin", "de").due("2026-02-25T12:00:00Z", true), "morgen")
  assert.deepEqual(times("Asia/Tokyo").fields("2026-02-23T20:05:00Z"), { date: "2026-02-24", time: "05:05" })
})

test("what is kept is said as it is, and only when it matters", () => {
  const fine = { here: true, awayFor: 0, unprovenFor: 0, device: true, mayEdit: true, ended: false }
  assert.deepEqual(statusOf(fine), { key: "kept", grave: false })
  assert.equal(statusOf({ ...fine, unprovenFor: 200 }).key, "kept")
  assert.equal(statusOf({ ...fine, unprovenFor: 4_000 }).key, "keeping")
  assert.equal(statusOf({ ...fine, here: false, awayFor: 500 }).key, "kept")
  const away = { ...fine, here: false, awayFor: 4_000 }
  assert.deepEqual(statusOf(away), { key: "away_kept", grave: true })
  assert.equal(statusOf({ ...away, unprovenFor: 1 }).key, "away_here")
  assert.equal(statusOf({ ...away, device: false }).key, "away_nowhere")
  assert.equal(statusOf({ ...fine, mayEdit: false }).key, "looking")
  assert.equal(statusOf({ ...fine, mayEdit: false, ended: true }).key, "ended")
})

test("since when something is so is remembered until it is not", () => {
  const since = new Since()
  assert.deepEqual([since.of(true, 100), since.of(true, 700), since.of(false, 800), since.of(true, 900)], [1, 600, 0, 1])
})

test("a dragged row stands where its middle is, and the others make way", () => {
  const boxes = [0, 40, 80, 160].map((top, at) => ({ top, height: at === 2 ? 80 : 40 }))
  assert.equal(placeAt(20, boxes, 0), 0)
  assert.equal(placeAt(61, boxes, 0), 1)
  assert.equal(placeAt(119, boxes, 0), 1)
  assert.equal(placeAt(121, boxes, 0), 2)
  assert.equal(placeAt(999, boxes, 0), 3)
  assert.equal(placeAt(-50, boxes, 3), 0)
  assert.deepEqual([0, 1, 2, 3].map((at) => makesWay(at, 0, 2, 40)), [0, -40, -40, 0])
  assert.deepEqual([0, 1, 2, 3].map((at) => makesWay(at, 3, 1, 40)), [0, 40, 40, 0])
  assert.deepEqual([behind([1, 2, 3], 0, 2), behind([1, 2, 3], 2, 0), behind([1, 2, 3], 0, 1)], [3, null, 2])
})

const LENA = { id: 1, name: "Lena", side: "ours", removed: false } as Participant
const RYAN = { id: 2, name: "Ryan", side: "yours", removed: false } as Participant

test("each who is here sits once, their side first, by the name that the table has", () => {
  const states = [{ user: { id: 1, name: "Staff ✓", side: "ours" as const } }, { user: RYAN }, { user: RYAN }, {}]
  assert.deepEqual(sitting(states, [LENA, RYAN], 1).map(({ name, you }) => [name, you]), [["Ryan", false], ["Lena", true]])
  assert.deepEqual(sitting(states, [LENA, { ...RYAN, removed: true }], 1).map(({ name }) => name), ["Lena"])
})

test("who came and who went is told, ourselves never", () => {
  const lena = { id: 1, name: "Lena", side: "ours" as const, you: true }
  const ryan = { id: 2, name: "Ryan", side: "yours" as const, you: false }
  assert.deepEqual(changesIn([], [lena, ryan]), { came: [ryan], went: [] })
  assert.deepEqual(changesIn([lena, ryan], []), { came: [], went: [ryan] })
})

test("a place is told from the edge where reading begins", () => {
  const box = { left: 100, top: 50, width: 400, height: 200 }
  assert.deepEqual(placeIn(box, 200, 100, false), { x: 250, y: 250 })
  assert.deepEqual(placeIn(box, 200, 100, true), { x: 750, y: 250 })
  assert.deepEqual(placeIn(box, 0, 900, false), { x: 0, y: 1000 })
})

test("words are filled in, and what is missing shows its name", () => {
  const say = speaker({ came: "{name} is here.", plain: "{a} {b}" })
  assert.equal(say("came", { name: "Ryan" }), "Ryan is here.")
  assert.equal(say("plain", { a: "{b}", b: "x" }), "{b} x")
  assert.equal(say("unknown"), "unknown")
  assert.equal(together(["Lena", "Ryan"], "en"), "Lena and Ryan")
})

test("sizes read as one says them", () => {
  assert.deepEqual([0, 950, 312_400, 5_240_000].map((bytes) => sizeOf(bytes, "en")), ["0 byte", "950 byte", "312 kB", "5.2 MB"])
})

test("keys are such as the server takes", () => {
  assert.match(uuid(), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  assert.equal(new Set(Array.from({ length: 500 }, uuid)).size, 500)
})
