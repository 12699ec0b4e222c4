import assert from "node:assert/strict"
import { afterEach, mock, test } from "node:test"
import { Awareness } from "y-protocols/awareness"
import * as Y from "yjs"

import { Proof } from "../src/booth/kept/proof"
import { type Over, Provider, waitBefore } from "../src/booth/kept/provider"
import { answering, asking, changing, heard } from "../src/booth/kept/wire"

/** A server that keeps a document, answers, and can be slow, away or severe. */
class House {
  readonly doc = new Y.Doc()
  readonly lines: Line[] = []
  keeps = true
  answers = true

  get line(): Line {
    return this.lines.at(-1)!
  }

  readonly Socket = ((house: House) =>
    class extends Line {
      constructor(url: string) {
        super(url, house)
        house.lines.push(this)
      }
    })(this) as unknown as new (url: string) => WebSocket
}

class Line {
  readyState = 0
  binaryType = ""
  said: ReturnType<typeof heard>["kind"][] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null

  constructor(readonly url: string, private readonly house: House) {}

  open(): void {
    this.readyState = 1
    this.onopen?.()
    this.tell(asking(Y.encodeStateVector(this.house.doc)))
  }

  send(message: Uint8Array): void {
    const what = heard(message)
    this.said.push(what.kind)
    if (!this.house.answers) return
    if (what.kind === "asked") this.tell(answering(Y.encodeStateAsUpdate(this.house.doc, what.state)))
    else if ((what.kind === "changed" || what.kind === "answered") && this.house.keeps) Y.applyUpdate(this.house.doc, what.update)
  }

  tell(message: Uint8Array): void {
    this.onmessage?.({ data: message.slice().buffer as ArrayBuffer })
  }

  cut(code = 1006): void {
    this.readyState = 3
    this.onclose?.({ code })
  }

  close(): void {
    this.readyState = 3
  }
}

function seat(house: House, mayEdit = true) {
  const doc = new Y.Doc()
  const told = { rows: [] as (string | null)[], refused: [] as string[], failed: 0, tooMuch: 0, over: [] as Over[] }
  const provider = new Provider("ws://house/sync", doc, new Awareness(doc), {
    changed: () => undefined, rows: (part) => void told.rows.push(part), refused: (words) => void told.refused.push(words),
    failed: () => void told.failed++, tooMuch: () => void told.tooMuch++, over: (why) => void told.over.push(why),
  }, mayEdit, house.Socket)
  provider.start()
  return { doc, text: doc.getText("goal"), provider, told, stop: () => (provider.stop(), doc.destroy()) }
}

function clock() {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] })
}

/** Time passes bit by bit, so that what begins meanwhile has its time too. */
function pass(milliseconds: number) {
  for (let gone = 0; gone < milliseconds; gone += 100) mock.timers.tick(100)
}

afterEach(() => mock.timers.reset())

test("what is typed goes over at once and counts as kept only when the server has shown that it has it", () => {
  clock()
  const house = new House()
  const { text, provider, stop } = seat(house)
  house.line.open()
  assert.equal(provider.here, true)
  text.insert(0, "fed by 8:30")
  assert.equal(house.doc.getText("goal").toString(), "fed by 8:30")
  assert.equal(provider.kept, false)
  pass(500)
  assert.equal(provider.kept, true)
  text.delete(0, 4)
  assert.equal(provider.kept, false)
  pass(500)
  assert.equal(provider.kept, true)
  stop()
})

test("a server that took a change and lost it does not prove it, and is asked ever more slowly", () => {
  clock()
  const house = new House()
  house.keeps = false
  const { text, provider, stop } = seat(house)
  house.line.open()
  text.insert(0, "lost")
  const before = house.line.said.length
  pass(60_000)
  assert.equal(provider.kept, false)
  const asked = house.line.said.slice(before).filter((kind) => kind === "asked").length
  assert.ok(asked > 5 && asked < 30, String(asked))
  stop()
})

test("what others change waits while it is held, and what is changed here goes over all the same", () => {
  clock()
  const house = new House()
  const { text, provider, stop } = seat(house)
  house.line.open()
  provider.hold(true)
  house.doc.once("update", (update: Uint8Array) => house.line.tell(changing(update)))
  house.doc.getText("goal").insert(0, "theirs ")
  text.insert(0, "ours")
  assert.equal(text.toString(), "ours")
  provider.hold(false)
  assert.equal(text.toString(), house.doc.getText("goal").toString())
  assert.ok(text.toString().includes("theirs") && text.toString().includes("ours"))
  pass(500)
  assert.equal(provider.kept, true)
  stop()
})

test("what is typed without a line goes over when it is back, and the rows are asked for again", () => {
  clock()
  const house = new House()
  const { text, provider, told, stop } = seat(house)
  house.line.open()
  house.line.cut()
  text.insert(0, "written on the train")
  assert.equal(provider.kept, false)
  assert.equal(provider.here, false)
  pass(1000)
  assert.equal(house.lines.length, 2)
  house.line.open()
  assert.equal(house.doc.getText("goal").toString(), "written on the train")
  pass(500)
  assert.equal(provider.kept, true)
  assert.deepEqual(told.rows, [null, null])
  stop()
})

test("attempts become rare, and never all at the same moment", () => {
  assert.ok(waitBefore(0, 0) >= 300 && waitBefore(0, 1) <= 700)
  assert.ok(waitBefore(20, 0) >= 20_000 && waitBefore(20, 1) <= 40_000)
  assert.notEqual(waitBefore(3, 0.1), waitBefore(3, 0.9))
  clock()
  const house = new House()
  const { stop } = seat(house)
  house.line.cut()
  for (let minute = 0; minute < 10; minute++) {
    pass(60_000)
    house.line.cut()
  }
  assert.ok(house.lines.length < 40, String(house.lines.length))
  stop()
})

test("a line that fell silent is let go of, and after a sleep it is tried at once", () => {
  clock()
  const house = new House()
  const { provider, stop } = seat(house)
  house.line.open()
  house.answers = false
  pass(72_000)
  assert.equal(house.line.said.at(-1), "asked")
  pass(10_000)
  assert.equal(provider.here, false)
  house.answers = true
  house.line.open()
  pass(1)
  house.answers = false
  const lines = house.lines.length
  provider.wake()
  pass(9_000)
  assert.ok(house.lines.length > lines)
  stop()
})

test("without a seat the line ends for good", () => {
  clock()
  for (const [code, why] of [[4401, "no seat"], [4404, "no booth"]] as const) {
    const house = new House()
    const { told } = seat(house)
    house.line.open()
    house.line.cut(code)
    pass(600_000)
    assert.deepEqual(told.over, [why])
    assert.equal(house.lines.length, 1)
  }
})

test("too much at once is told, and waited for longer", () => {
  clock()
  const house = new House()
  const { told, stop } = seat(house)
  house.line.open()
  house.line.cut(4409)
  pass(2_000)
  assert.deepEqual([told.tooMuch, house.lines.length], [1, 1])
  pass(6_000)
  assert.equal(house.lines.length, 2)
  stop()
})

test("who only looks sends nothing of the document, and sends it once they may write", () => {
  clock()
  const house = new House()
  const { text, provider, stop } = seat(house, false)
  house.line.open()
  text.insert(0, "kept until I may")
  assert.deepEqual(house.line.said.filter((kind) => kind === "changed" || kind === "answered"), [])
  provider.allow(true)
  pass(1000)
  house.line.open()
  assert.equal(house.doc.getText("goal").toString(), "kept until I may")
  stop()
})

test("the server says which rows changed and what it refused; what nobody knows is passed over", () => {
  clock()
  const house = new House()
  const { told, stop } = seat(house)
  house.line.open()
  const words = (kind: number, text: string) => Uint8Array.from([kind, text.length, ...new TextEncoder().encode(text)])
  house.line.tell(words(100, '{"part":"steps"}'))
  house.line.tell(words(101, "You are here to look."))
  for (const junk of [[], [250, 3], [0], [0, 2, 9, 1], [100, 2, 123, 123]]) house.line.tell(Uint8Array.from(junk))
  assert.deepEqual(told.rows, [null, "steps"])
  assert.deepEqual(told.refused, ["You are here to look."])
  stop()
})

test("a proof takes insertions and deletions apart, and asks only for what is not proved", () => {
  const proof = new Proof()
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => updates.push(update))
  doc.getText("goal").insert(0, "abcdef")
  doc.getText("goal").delete(1, 2)
  for (const update of updates) proof.sent(update)
  proof.counted(Y.encodeStateVector(doc))
  assert.equal(proof.whole, false)
  proof.came(Y.encodeStateAsUpdate(doc, proof.question(doc)))
  assert.equal(proof.whole, true)
  proof.sent(Y.encodeStateAsUpdate(doc))
  const half = new Y.Doc()
  Y.applyUpdate(half, updates[0]!)
  proof.came(Y.encodeStateAsUpdate(half))
  assert.equal(proof.whole, false)
})

test("where the server said in words what was too much, nothing is said over them", () => {
  clock()
  const house = new House()
  const { told, stop } = seat(house)
  house.line.open()
  house.line.tell(Uint8Array.from([101, 4, ...new TextEncoder().encode("Full")]))
  house.line.cut(4409)
  assert.deepEqual([told.refused, told.tooMuch], [["Full"], 0])
  stop()
})

test("a long history of taking out is proved piece by piece", () => {
  const proof = new Proof()
  const doc = new Y.Doc()
  const text = doc.getText("goal")
  text.insert(0, "ab".repeat(2000))
  const halves: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => halves.push(update))
  for (const from of [0, 1000]) doc.transact(() => Array.from({ length: 1000 }, (_, at) => text.delete(from + 1000 - at - 1, 1)))
  proof.sent(Y.encodeStateAsUpdate(doc))
  proof.counted(Y.encodeStateVector(doc))
  proof.came(halves[0]!)
  assert.equal(proof.whole, false)
  proof.came(halves[1]!)
  assert.equal(proof.whole, true)
})
