import assert from "node:assert/strict"
import { mock, test } from "node:test"

import { type Answer, type Draft, DraftKeeper, same, type State } from "../src/lib/draft"

const WORDS: Draft = { body: "", to: "", cc: "", bcc: "", subject: "", kind: "reply", files: [], revision: 0 }

function desk(answers: (draft: Draft) => Answer | Promise<Answer>) {
  const sent: (Draft & { leaving: boolean })[] = []
  const shelf: (Draft | null)[] = []
  const states: State[] = []
  const keeper = new DraftKeeper(
    {
      send: async (draft, leaving) => {
        sent.push({ ...draft, leaving })
        return answers(draft)
      },
      store: (draft) => void shelf.push(draft),
      told: (state) => void states.push(state),
    },
    3,
    600,
  )
  return { keeper, sent, shelf, states, say: (body: string) => keeper.change({ ...WORDS, body }) }
}

const breath = async () => {
  for (let i = 0; i < 8; i++) await Promise.resolve()
}

test("words lie on the device at once, go out once, and are let go when acknowledged", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  const { sent, shelf, say, states, keeper } = desk((draft) => ({ kept: draft.revision + 1 }))
  say("H")
  say("Hello")
  assert.equal(shelf.at(-1)?.body, "Hello")
  assert.equal(sent.length, 0)
  mock.timers.tick(600)
  await breath()
  assert.deepEqual(sent.map(({ body, revision }) => [body, revision]), [["Hello", 3]])
  assert.equal(shelf.at(-1), null)
  assert.equal(states.at(-1), "idle")
  assert.equal(keeper.revision, 4)
  mock.timers.reset()
})

test("one request at a time; what was typed meanwhile follows with the new revision", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  let answer: (answer: Answer) => void = () => undefined
  const { sent, shelf, say } = desk(() => new Promise<Answer>((resolve) => (answer = resolve)))
  say("one")
  mock.timers.tick(600)
  await breath()
  say("one two")
  mock.timers.tick(2000)
  await breath()
  assert.equal(sent.length, 1)
  answer({ kept: 4 })
  await breath()
  assert.equal(shelf.at(-1)?.body, "one two")
  mock.timers.tick(600)
  await breath()
  assert.deepEqual(sent.map(({ body, revision }) => [body, revision]), [["one", 3], ["one two", 4]])
  mock.timers.reset()
})

test("who is signed out is told so, and what was written goes out as soon as they are back", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  let away = true
  const { keeper, sent, shelf, say, states } = desk(() => (away ? { signedOut: true } : { kept: 4 }))
  say("kept")
  mock.timers.tick(600)
  await breath()
  assert.equal(states.at(-1), "signed-out")
  assert.equal(shelf.at(-1)?.body, "kept")
  away = false
  keeper.again()
  mock.timers.tick(0)
  await breath()
  assert.equal(sent.length, 2)
  assert.equal(states.at(-1), "idle")
  mock.timers.reset()
})

test("what is too large goes out once, and again only when it is another text", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  const { keeper, sent, shelf, say, states } = desk((draft) => (draft.body.length > 5 ? { tooLarge: true } : { kept: 4 }))
  say("too large")
  mock.timers.tick(600)
  await breath()
  assert.equal(states.at(-1), "too-large")
  mock.timers.tick(60_000)
  await keeper.settle()
  keeper.resume()
  mock.timers.tick(60_000)
  await keeper.flush()
  keeper.leave()
  assert.equal(sent.length, 1)
  assert.equal(shelf.at(-1)?.body, "too large")
  say("short")
  mock.timers.tick(600)
  await breath()
  assert.equal(sent.length, 2)
  assert.equal(states.at(-1), "idle")
  mock.timers.reset()
})

test("a failure keeps the words on the device and tries again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  let away = true
  const { sent, shelf, say, states } = desk(() => (away ? { failed: true } : { kept: 4 }))
  say("kept")
  mock.timers.tick(600)
  await breath()
  assert.equal(states.at(-1), "failed")
  assert.equal(shelf.at(-1)?.body, "kept")
  away = false
  mock.timers.tick(2000)
  await breath()
  assert.equal(sent.length, 2)
  assert.equal(shelf.at(-1), null)
  mock.timers.reset()
})

test("another tab's words stop ours until the reader chose; the choice goes over them", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  const { keeper, sent, say, states } = desk((draft) =>
    draft.revision < 9 ? { conflict: { revision: 9, body: "theirs" } } : { kept: 10 },
  )
  say("mine")
  mock.timers.tick(600)
  await breath()
  assert.equal(states.at(-1), "conflict")
  say("mine, and more")
  mock.timers.tick(5000)
  await breath()
  assert.equal(sent.length, 1)
  keeper.resolve({ ...WORDS, body: "both" })
  mock.timers.tick(600)
  await breath()
  assert.deepEqual([sent.at(-1)?.body, sent.at(-1)?.revision], ["both", 9])
  assert.equal(keeper.inConflict, false)
  mock.timers.reset()
})

test("the same words from another tab are no conflict", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  const { keeper, say, states } = desk(() => ({ conflict: { revision: 7, body: "same" } }))
  say("same ")
  mock.timers.tick(600)
  await breath()
  assert.equal(states.at(-1), "idle")
  assert.equal(keeper.revision, 7)
  mock.timers.reset()
})

test("nothing goes out once the letter itself is being sent, and again when it was not", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  const { keeper, sent, say } = desk(() => ({ kept: 4 }))
  say("bye")
  await keeper.settle()
  mock.timers.tick(5000)
  await breath()
  keeper.leave()
  assert.equal(sent.length, 0)
  keeper.resume()
  mock.timers.tick(600)
  await breath()
  assert.equal(sent.length, 1)
  mock.timers.reset()
})

test("leaving the page sends what waits, at once", async () => {
  const { keeper, sent, say } = desk(() => ({ kept: 4 }))
  say("last words")
  keeper.leave()
  assert.deepEqual(sent.map(({ body, leaving }) => [body, leaving]), [["last words", true]])
  keeper.close()
})

test("spaces at the ends are no difference", () => {
  assert.ok(same({ body: "a\n" }, { ...WORDS, body: " a" }))
  assert.ok(!same({ body: "a" }, { ...WORDS, body: "b" }))
})

test("what waits goes out at once when the page is about to be drawn anew", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  const { sent, shelf, say, keeper } = desk((draft) => ({ kept: draft.revision + 1 }))
  await keeper.flush()
  assert.equal(sent.length, 0)
  say("beside it")
  await keeper.flush()
  assert.deepEqual(sent.map(({ body, leaving }) => [body, leaving]), [["beside it", false]])
  assert.equal(shelf.at(-1), null)
  mock.timers.reset()
})

test("a composer that is being sent starts nothing by itself when the others are kept", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  const { sent, say, keeper } = desk(() => ({ kept: 4 }))
  say("the letter")
  await keeper.settle()
  await keeper.flush()
  assert.equal(sent.length, 0)
  mock.timers.reset()
})

test("an answer that was never heard is no other tab: what stands there is what we handed over", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  const answers: Answer[] = [{ failed: true }, { conflict: { revision: 4, body: "one" } }, { kept: 5 }]
  const { sent, say, states } = desk(() => answers.shift()!)
  say("one")
  mock.timers.tick(600)
  await breath()
  say("one two")
  mock.timers.tick(600)
  await breath()
  mock.timers.tick(0)
  await breath()
  assert.deepEqual(sent.map(({ body, revision }) => [body, revision]), [["one", 3], ["one two", 3], ["one two", 4]])
  assert.ok(!states.includes("conflict"))
  assert.equal(states.at(-1), "idle")
  mock.timers.reset()
})

test("what was typed while the same words came from another tab still goes out", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  let answer: (answer: Answer) => void = () => undefined
  const { sent, say, shelf } = desk(() => new Promise<Answer>((resolve) => (answer = resolve)))
  say("same")
  mock.timers.tick(600)
  await breath()
  say("same, and more")
  answer({ conflict: { revision: 7, body: "same" } })
  await breath()
  assert.equal(shelf.at(-1)?.body, "same, and more")
  mock.timers.tick(600)
  await breath()
  assert.deepEqual(sent.map(({ body, revision }) => [body, revision]), [["same", 3], ["same, and more", 7]])
  mock.timers.reset()
})

test("after a reload our own words are gone on with, and another tab's are put beside them", () => {
  const mine = { ...WORDS, body: "mine, and more", revision: 2 }
  const ours = desk(() => ({ kept: 4 }))
  ours.keeper.restore(mine, [{ ...WORDS, body: "mine" }], { revision: 3, body: "mine" })
  assert.deepEqual([ours.states.at(-1), ours.shelf.at(-1)?.revision], ["waiting", 3])
  ours.keeper.close()

  const theirs = desk(() => ({ kept: 4 }))
  theirs.keeper.restore(mine, [], { revision: 3, body: "theirs" })
  assert.equal(theirs.states.at(-1), "conflict")
  assert.deepEqual(theirs.shelf.at(-1), mine) // so that the next reload asks again
  theirs.keeper.close()
})
