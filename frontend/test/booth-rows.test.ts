import assert from "node:assert/strict"
import { mock, test } from "node:test"

import { laid, moved } from "../src/booth/kept/overlay"
import { type Outcome, Queue } from "../src/booth/kept/queue"
import { outcomeOf } from "../src/booth/kept/sending"
import { MemoryShelf, type Verb } from "../src/booth/kept/shelf"
import { TableStore } from "../src/booth/kept/table"
import type { Id, Step, Table } from "../src/booth/types"

const AT = Date.parse("2026-02-23T09:00:00Z")

function step(id: Id, words: string): Step {
  return { id, words, whose: "ours", due_at: null, whole_day: true, done_at: null, done_by: null, made_by: 1, promise: null, changes: 1 }
}

function table(...words: string[]): Table {
  return {
    booth: { code: "c", state: "open", goal: "", person: null, opened_at: "", ended_at: null },
    you: { id: 1, name: "Lena", side: "ours", may_edit: true, is_member: true },
    participants: [{ id: 1, name: "Lena", side: "ours", is_guest: false, role: "edit", joined_at: "", removed: false }],
    steps: words.map((each, at) => step(at + 1, each)), taken_off: [], lines: [], files: [], agreements: [], endings: [], lessons: [], versions: 0,
  }
}

let keys = 0
function verb(path: Id[], body: Record<string, unknown> = {}, more: Partial<Verb> = {}): Verb {
  return { once: `k${++keys}`, by: 1, path, body, at: AT, ...more }
}

function words({ steps }: Table): string[] {
  return steps.map(({ words }) => words)
}

test("each verb lies over the rows as it will be", () => {
  const lay = (...verbs: Verb[]) => laid(table("hold", "bake", "pay"), verbs, new Map())
  assert.deepEqual(words(lay(verb(["steps"], { words: "sweep", whose: "yours" }))), ["hold", "bake", "pay", "sweep"])
  assert.deepEqual(words(lay(verb(["steps", 2], { words: "bake thirty" }))), ["hold", "bake thirty", "pay"])
  assert.deepEqual(words(lay(verb(["steps", 3], { after: null }))), ["pay", "hold", "bake"])
  assert.deepEqual(words(lay(verb(["steps", 1], { removed: true }))), ["bake", "pay"])
  const [done] = lay(verb(["steps", 1], { done: true })).steps
  assert.deepEqual([done!.done_by, done!.done_at], [1, "2026-02-23T09:00:00.000Z"])
  assert.equal(lay(verb(["steps", 1], { done: true }), verb(["steps", 1], { done: false })).steps[0]!.done_at, null)
  assert.equal(lay(verb(["lines"], { words: "hello" })).lines[0]!.words, "hello")
  assert.equal(lay(verb(["goal", "agree"], { words: "fed" })).agreements.length, 1)
  assert.equal(lay(verb(["ending"], { answer: "partly", words: "" }), verb(["ending"], { answer: "reached", words: "" })).endings.length, 1)
  assert.equal(lay(verb(["end"])).booth.state, "ended")
  assert.equal(lay(verb(["end"]), verb(["reopen"])).booth.state, "open")
  assert.equal(lay(verb(["name"], { name: "Le" })).you.name, "Le")
  assert.deepEqual(lay(verb(["something", "else"])), table("hold", "bake", "pay"))
})

test("a step of ours bears our name until it has the server's, and both mean the same", () => {
  const added = verb(["steps"], { words: "sweep", whose: "ours" })
  const ours = `new:${added.once}`
  const ticked = verb(["steps", ours], { done: true })
  const before = laid(table("hold"), [added, ticked], new Map())
  assert.deepEqual([before.steps[1]!.id, before.steps[1]!.done_by], [ours, 1])
  const names = new Map<string, Id>([[ours, 9]])
  assert.equal(laid(table("hold"), [added, ticked], names).steps[1]!.id, 9)
  const there = { ...table("hold"), steps: [...table("hold").steps, step(9, "sweep")] }
  assert.deepEqual(words(laid(there, [added], names)), ["hold", "sweep"])
})

test("a row that was moved behind one that is gone stays where it is", () => {
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }]
  assert.deepEqual(moved(rows, 3, 1).map(({ id }) => id), [1, 3, 2])
  assert.deepEqual(moved(rows, 1, 8), rows)
  assert.deepEqual(moved(rows, 8, 1), rows)
})

/** A desk that answers as it is told, and what it was sent. */
function desk(answers: (verb: Verb) => Outcome, standing: (verb: Verb) => string | null = () => null, shelf = new MemoryShelf()) {
  const sent: Verb[] = []
  const told = { taken: [] as Id[], refused: [] as string[], crossed: [] as string[] }
  const names = new Map<string, Id>()
  const state = { reachable: true }
  const queue = new Queue({
    shelf, names, takes: () => true, standing, refresh: async () => state.reachable, alone: (work) => work(),
    post: async (verb) => {
      sent.push(verb)
      return answers(verb)
    },
    told: {
      changed: () => undefined, taken: (_verb, { id }) => void told.taken.push(id!),
      refused: (_verb, status, words) => void told.refused.push(`${status} ${words}`), crossed: (_verb, theirs) => void told.crossed.push(theirs),
    },
  })
  return { queue, sent, told, shelf, names, state }
}

async function breath(): Promise<void> {
  for (let i = 0; i < 40; i++) await Promise.resolve()
}

test("verbs go out one after the other, in their order, and are let go of when taken", async () => {
  const { queue, sent, told, shelf } = desk(() => ({ taken: { id: 7 } }))
  queue.add(verb(["steps"], { words: "one" }))
  queue.add(verb(["steps"], { words: "two" }))
  await breath()
  assert.deepEqual(sent.map(({ body }) => body.words), ["one", "two"])
  assert.deepEqual(told.taken, [7, 7])
  assert.deepEqual([queue.waiting.length, (await shelf.verbs()).length], [0, 0])
})

test("what follows on a row of ours is sent with the server's name for it", async () => {
  const { queue, sent } = desk(({ path }) => ({ taken: path.length === 1 ? { id: 42 } : {} }))
  const added = verb(["steps"], { words: "sweep" })
  queue.add(added)
  queue.add(verb(["steps", `new:${added.once}`], { done: true }))
  queue.add(verb(["steps", 5], { after: `new:${added.once}` }))
  await breath()
  assert.deepEqual(sent.slice(1).map(({ path, body }) => [path[1], body.after ?? null]), [[42, null], [5, 42]])
})

test("without a connection verbs wait on the device, and another day they go", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  const first = desk(() => "away")
  first.queue.add(verb(["lines"], { words: "from the train" }))
  await breath()
  assert.equal(first.queue.waiting.length, 1)
  first.queue.stop()
  const later = desk(() => ({ taken: { id: 3 } }), () => null, first.shelf)
  await later.queue.recall()
  await later.queue.flush()
  assert.deepEqual(later.sent.map(({ body, once }) => [body.words, once]), [["from the train", first.sent[0]!.once]])
  mock.timers.reset()
})

test("while the rows cannot be read again nothing is sent over them", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  let answer: Outcome = "away"
  const { queue, sent, state } = desk(() => answer)
  queue.add(verb(["lines"], { words: "x" }))
  await breath()
  state.reachable = false
  await queue.flush()
  assert.equal(sent.length, 1)
  state.reachable = true
  answer = { taken: {} }
  mock.timers.tick(60_000)
  await breath()
  assert.deepEqual([sent.length, queue.waiting.length], [2, 0])
  mock.timers.reset()
})

test("one that is stuck holds up only what is done to the same row", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  let broken = true
  const { queue, sent } = desk(({ path }) => (broken && path[1] === 4 ? "stuck" : { taken: {} }))
  queue.add(verb(["steps", 4], { done: true }))
  queue.add(verb(["steps", 4], { done: false }))
  queue.add(verb(["steps", 5], { done: true }))
  await breath()
  assert.deepEqual(queue.waiting.map(({ path, body }) => [path[1], body.done]), [[4, true], [4, false]])
  broken = false
  mock.timers.tick(60_000)
  await breath()
  assert.deepEqual(sent.slice(-2).map(({ body }) => body.done), [true, false])
  mock.timers.reset()
})

test("what is refused is told with its reason, and what hung on it goes with it", async () => {
  const { queue, sent, told } = desk(() => ({ refused: 400, words: "There are as many steps as fit on a page." }))
  const added = verb(["steps"], { words: "sweep" })
  queue.add(added)
  queue.add(verb(["steps", `new:${added.once}`], { done: true }))
  await breath()
  assert.deepEqual(told.refused, ["400 There are as many steps as fit on a page."])
  assert.deepEqual([sent.length, queue.waiting.length], [1, 0])
})

test("words that somebody changed meanwhile are not written over unseen", async () => {
  const { queue, sent, told } = desk(() => ({ taken: {} }), () => "bake forty")
  queue.add(verb(["steps", 2], { words: "bake thirty" }, { was: "bake" }))
  await breath()
  assert.deepEqual([told.crossed, sent.length], [["bake forty"], 0])
  queue.add(verb(["steps", 2], { words: "bake thirty" }, { was: "bake forty" }))
  queue.add(verb(["steps", 2], { words: "bake forty" }, { was: "bake" }))
  await breath()
  assert.equal(sent.length, 2)
})

test("what another tab sent is not sent again", async () => {
  const { queue, sent, shelf } = desk(() => ({ taken: {} }))
  await shelf.put(verb(["steps", 1], { done: true }, { once: "theirs" }))
  await queue.recall()
  await shelf.drop("theirs")
  await queue.flush()
  assert.deepEqual([sent.length, queue.waiting.length], [0, 0])
})

test("answers mean: taken, refused in words, nobody may be asked now, or this one not now", () => {
  assert.deepEqual(outcomeOf(201, { id: 5 }), { taken: { id: 5 } })
  assert.deepEqual(outcomeOf(409, { detail: "It has ended." }), { refused: 409, words: "It has ended." })
  assert.deepEqual([outcomeOf(503, null), outcomeOf(429, {})], ["away", "away"])
  assert.deepEqual([outcomeOf(500, null), outcomeOf(403, null), outcomeOf(302, null)], ["stuck", "stuck", "stuck"])
})

test("what was taken lies over the rows until they came back, and no older answer stands over a newer one", async () => {
  const answers: ((part: Partial<Table>) => void)[] = []
  const store = new TableStore(table("hold"), new Map(), () => new Promise((resolve) => answers.push(resolve)))
  const ticked = verb(["steps", 1], { done: true })
  const early = store.refetch(null)
  store.wait([ticked])
  store.wait([])
  store.settle(ticked)
  const late = store.refetch("steps")
  answers[0]!(table("hold"))
  await early
  assert.notEqual(store.now.steps[0]!.done_at, null)
  answers[1]!({ steps: [{ ...step(1, "hold"), done_at: "2026-02-23T09:00:01Z", done_by: 1 }] })
  await late
  assert.equal(store.now.steps[0]!.done_at, "2026-02-23T09:00:01Z")
})
