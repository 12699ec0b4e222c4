// The page of a booth: its head, its parts, and what stands between them.
import { type Around, type More, nameOf } from "./around"
import { Looking } from "./company/looking"
import { People } from "./company/people"
import { Pointers } from "./company/pointers"
import { Seats } from "./company/seats"
import { button, make, tell } from "./dom"
import { Ending } from "./ending/ending"
import { Goal } from "./goal/goal"
import { Head } from "./head"
import { Keeper } from "./kept/keeper"
import type { Over } from "./kept/provider"
import type { Desk } from "./kept/sending"
import type { Shelf, Verb } from "./kept/shelf"
import type { Status } from "./kept/status"
import { later, type LatePart } from "./late"
import { Notices } from "./notices"
import { Panels } from "./panel"
import { Steps } from "./steps/steps"
import { Tabs } from "./tabs"
import { Files } from "./talk/files"
import { Talk } from "./talk/talk"
import { Times } from "./times"
import type { Id, Table } from "./types"
import { Versions } from "./versions/versions"
import { speaker } from "./words"

export class Page {
  readonly #live = make("p", { class: "unseen", role: "status", "aria-live": "polite" })
  readonly #kept = make("span", { class: "tiny" })
  readonly #late: LatePart[] = []
  #goal!: Goal
  #steps!: Steps
  #talk!: Talk
  #parts: { destroy(): void }[] = []
  #ready = false

  readonly #keeper: Keeper
  readonly #around: Around

  /** Lays the table: from now on goal and steps can be used, and the rest is on its way. */
  constructor(private readonly element: HTMLElement, private readonly desk: Desk, private readonly words: Record<string, string>, table: Table, shelf: Shelf) {
    this.#keeper = new Keeper(desk, shelf, table, {
      status: (status) => this.#showStatus(status),
      ready: () => this.#begin(),
      renamed: (ours, theirs) => this.#renamed(ours, theirs),
      refused: (verb, status, words) => this.#refused(verb, status, words),
      crossed: (verb, theirs) => this.#crossed(verb, theirs),
      notTaken: (key, words) => this.#around.notices.show("not taken", { words: words || this.#around.say(key), lasts: 15_000 }),
      over: (why) => this.#over(why),
    })
    this.#around = this.#given()
    this.#build()
    this.#keeper.start()
  }

  #given(): Around {
    const keeper = this.#keeper
    const { lang } = document.documentElement
    const say = speaker(this.words)
    return {
      element: this.element, rows: keeper.rows, doc: keeper.doc, awareness: keeper.awareness, desk: this.desk, notices: new Notices(say),
      say, words: this.words, lang, times: new Times(lang),
      get mayEdit() {
        return keeper.mayEdit
      },
      act: (path: Id[], body?: Record<string, unknown>, more?: More) => keeper.act(path, body, more),
      arrived: (once: string) => keeper.arrived(once),
      hold: (yes: boolean) => keeper.hold(yes),
      announce: (words: string) => this.#announce(words),
    }
  }

  #build(): void {
    const around = this.#around
    const { say } = around
    const tabs = new Tabs(this.element, say)
    const panels = new Panels(say)
    const looking = new Looking(around, (pane) => tabs.showPane(pane))
    const seats: Seats = new Seats(around, () => panels.toggle(people, seats.element))
    const people = new People(around)
    const ending = new Ending(around)
    const versions = new Versions(around)
    const head = new Head(around, seats, {
      people: (opener) => panels.toggle(people, opener),
      end: (opener) => panels.toggle(ending, opener),
      versions: (opener) => panels.toggle(versions, opener),
    })
    this.#goal = new Goal(around)
    this.#steps = new Steps(around, looking)
    this.#talk = new Talk(around, (lines) => tabs.talked(lines.filter(({ by }) => by !== around.rows.now.you.id).length))
    const files = new Files(around)
    const notes = this.#latePart("notes", "notes-pane", looking.button("notes"), this.#kept)
    const sketch = this.#latePart("sketch", "sketch-pane", looking.button("sketch"))
    const lessons = make("section", { class: "lessons-pane" })
    this.#late.push(
      later(notes, around, async (body) => (await import("./notes/mount")).mountNotes(body, around)),
      later(sketch, around, async (body) => mountBoard(body, around)),
      later(lessons, around, async (body) => (await import("./lesson")).mountLessons(body, { table: around.rows, you: around.rows.now.you, send: (path, sent) => void around.act(path, sent), words: this.words })),
    )
    this.#parts = [this.#goal, head, seats, looking, files, new Pointers(around)]
    this.#lay(seats.waiting, panels.element, tabs.element, { lessons, files: files.element, notes, sketch })
    if (around.rows.now.booth.state === "ended") panels.toggle(ending, head.done)
  }

  #lay(waiting: HTMLElement, panel: HTMLElement, tabs: HTMLElement, { lessons, files, notes, sketch }: Record<"lessons" | "files" | "notes" | "sketch", HTMLElement>): void {
    const shown: [HTMLElement, string][] = [[this.#goal.element, "steps"], [this.#steps.element, "steps"], [lessons, "steps"], [this.#talk.element, "talk"], [files, "talk"], [notes, "notes"], [sketch, "sketch"]]
    for (const [section, tab] of shown) section.dataset.tab = tab
    const work = make("div", { class: "work" },
      make("div", { class: "work-one" }, this.#steps.element, lessons, files, this.#talk.element), make("div", { class: "work-two" }, notes, sketch))
    this.element.dataset.task = ""
    this.element.replaceChildren(this.#live, this.#around.notices.element, waiting, panel, make("div", { class: "table" }, this.#goal.element, work), tabs)
  }

  /** A section whose content comes after goal and steps can be used. */
  #latePart(pane: "notes" | "sketch", className: string, ...beside: HTMLElement[]): HTMLElement {
    const heading = make("h2", { id: `${pane}-heading` }, this.#around.say(pane))
    const head = make("div", { class: "head" }, heading, ...beside.reverse())
    return make("section", { class: className, "aria-labelledby": `${pane}-heading`, "data-pane": pane }, head, make("div", { class: "late-body" }))
  }

  #begin(): void {
    if (this.#ready) return
    this.#ready = true
    this.#goal.begin()
    for (const part of this.#late) part.begin()
  }

  #announce(words: string): void {
    this.#live.textContent = ""
    setTimeout(() => tell(this.#live, words), 50) // the same words twice are said twice
  }

  #showStatus({ key, grave }: Status): void {
    const { notices, say } = this.#around
    tell(this.#kept, say(key))
    if (grave) {
      if (this.element.dataset.status !== key) notices.show("status", { words: say(key), kind: key === "away_nowhere" ? "broken" : "due" })
    } else notices.drop("status")
    this.element.dataset.status = key
  }

  #renamed(ours: string, theirs: Id): void {
    this.#steps.rename(ours, theirs)
    this.#talk.rename(ours, String(theirs))
  }

  /** What could not be done, why, and the words that were meant, so that none are lost. */
  #refused(verb: Verb, status: number, words: string): void {
    const { notices, say } = this.#around
    const why = words || say(status === 409 ? "has_ended" : status === 403 ? "looking" : status === 404 ? "not_there" : "not_done")
    const kept = typeof verb.body.words === "string" ? verb.body.words : (verb.file?.name ?? "")
    notices.show(verb.once, { words: why, kind: "broken", kept })
  }

  /** Two wrote the same step at once, one of them without a line: the one who came back chooses. */
  #crossed(verb: Verb, theirs: string): void {
    const { notices, say } = this.#around
    const mine = String(verb.body.words)
    notices.show(verb.once, {
      words: say("crossed", { words: theirs }), kept: mine,
      acts: [{ words: say("take_mine"), act: () => void this.#around.act(verb.path, { words: mine }) }, { words: say("leave_theirs"), act: () => undefined }],
    })
  }

  #over(why: Over): void {
    const { say } = this.#around
    for (const part of [...this.#parts, ...this.#late]) part.destroy()
    const again = button(say("try_again"), () => location.reload(), { icon: "reopen" })
    this.element.replaceChildren(make("div", { class: "empty" }, make("h1", {}, say(why === "no seat" ? "over_seat" : "over_booth")), make("p", { class: "quiet" }, say("over_hint")), again))
  }
}

async function mountBoard(body: HTMLElement, around: Around) {
  const { mountSketch } = await import("./sketch/mount")
  const { doc, awareness, rows, mayEdit, words, desk } = around
  const upload = (file: File) => around.arrived(around.act(["files"], { in_page: true }, { file })).then(Number)
  return mountSketch(body, { doc, awareness, you: rows.now.you, mayEdit, upload, fileUrl: (id) => desk.fileUrl(id), nameOf: (id) => nameOf(around, id), words })
}
