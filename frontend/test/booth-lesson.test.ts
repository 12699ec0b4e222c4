import assert from "node:assert/strict"
import { test } from "node:test"

import { leaderOf, othersIn, Pace, placeOf, within } from "../src/booth/lesson/following"
import { type Id, type Lesson, type Place, speaker, type Table } from "../src/booth/lesson/given"

const [LENA, JOE] = [1, 2]

function place(by: Id, part: number, learned = false): Place {
  return { by, part, learned_at: learned ? "2026-03-01T09:00:00Z" : null }
}

function lesson(leader: Id | null, ...places: Place[]): Lesson {
  const parts = ["Grind", "Press", "Brew"].map((title) => ({ title, words: "", amounts: [], picture: null }))
  return { id: 7, title: "Coffee", by: LENA, leader, parts, places }
}

function table(you: Id, gone: Id[] = []): Table {
  const seats = [["Lena", "ours"], ["Joe", "yours"]] as const
  return {
    booth: { code: "c", state: "open" }, you: { id: you, may_edit: true, is_member: you === LENA }, lessons: [],
    participants: seats.map(([name, side], at) => ({ id: at + 1, name, side, removed: gone.includes(at + 1) })),
  }
}

test("one begins at the first step, and where one was when one comes back", () => {
  assert.equal(new Pace(lesson(null), JOE).at, 0)
  assert.equal(new Pace(lesson(null, place(JOE, 2)), JOE).at, 2)
  assert.equal(placeOf(lesson(null), JOE), null)
})

test("at one's own pace one tells where one goes, each step once, and never beyond the end", () => {
  const pace = new Pace(lesson(null), JOE)
  assert.equal(pace.follow(lesson(null, place(LENA, 2)), table(JOE)), null)
  assert.equal(pace.go(1, lesson(null)), 1)
  assert.equal(pace.go(1, lesson(null)), null)
  assert.equal(pace.go(9, lesson(null)), 3)
  assert.equal(pace.go(-1, lesson(null)), 0)
})

test("whoever is shown a lesson goes along, and the others see that they do", () => {
  const pace = new Pace(lesson(null), JOE)
  assert.equal(pace.follow(lesson(LENA, place(LENA, 1)), table(JOE)), 1)
  assert.equal(pace.follow(lesson(LENA, place(LENA, 1)), table(JOE)), null)
  assert.equal(pace.follow(lesson(LENA, place(LENA, 3)), table(JOE)), 3)
  assert.equal(pace.at, 3)
})

test("one may look around while it is shown, and come back", () => {
  const pace = new Pace(lesson(null), JOE)
  pace.follow(lesson(LENA, place(LENA, 1)), table(JOE))
  assert.equal(pace.go(0, lesson(LENA, place(LENA, 1))), 0)
  assert.equal(pace.apart, true)
  assert.equal(pace.follow(lesson(LENA, place(LENA, 2)), table(JOE)), null)
  assert.equal(pace.at, 0)
  assert.equal(pace.rejoin(lesson(LENA, place(LENA, 2)), table(JOE)), 2)
  assert.equal(pace.apart, false)
})

test("when nobody shows it any more, everyone stays where they are", () => {
  const pace = new Pace(lesson(null), JOE)
  pace.follow(lesson(LENA, place(LENA, 2)), table(JOE))
  pace.follow(lesson(null, place(LENA, 0)), table(JOE))
  assert.deepEqual([pace.at, pace.apart], [2, false])
})

test("whoever shows it follows nobody", () => {
  const pace = new Pace(lesson(LENA), LENA)
  pace.follow(lesson(LENA, place(JOE, 2)), table(LENA))
  assert.deepEqual([pace.at, pace.go(1, lesson(LENA)), pace.apart], [0, 1, false])
})

test("somebody who was asked out shows nothing, and is nowhere", () => {
  const shown = lesson(LENA, place(LENA, 2))
  assert.equal(leaderOf(shown, table(JOE, [LENA])), null)
  assert.deepEqual(othersIn(shown, table(JOE, [LENA])), [])
  const [lena] = othersIn(shown, table(JOE))
  assert.deepEqual([lena?.sitter.name, lena?.part, lena?.learned], ["Lena", 2, false])
  assert.equal(othersIn(lesson(null, place(LENA, 3, true)), table(JOE))[0]?.learned, true)
})

test("a step that is not there is the nearest one that is", () => {
  assert.deepEqual([within(-2, lesson(null)), within(2, lesson(null)), within(8, lesson(null))], [0, 2, 3])
})

test("words are filled in, and a place without anything in it stays to be seen", () => {
  const say = speaker({ at: "{name} is at step {number}." })
  assert.equal(say("at", { name: "Lena", number: "2" }), "Lena is at step 2.")
  assert.equal(say("at", { name: "Lena" }), "Lena is at step {number}.")
})
