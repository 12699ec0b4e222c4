// Opening the page: words while it takes long, the table, and trying again where the house does not answer.
import { make } from "./dom"
import { openShelf } from "./kept/keeper"
import { Desk, NoSeat, tableOf } from "./kept/sending"
import { Page } from "./page"
import { speaker } from "./words"

const SAID_AFTER = 400
const AGAIN = 4_000

/** `asked` is the answer to the first asking for the table, on its way already. */
export async function open(element: HTMLElement, asked: Promise<Response>): Promise<void> {
  const words = JSON.parse(element.dataset.words ?? "{}") as Record<string, string>
  const say = speaker(words)
  const desk = new Desk(element.dataset.base ?? "")
  const waiting = setTimeout(() => show(element, say("laying")), SAID_AFTER)
  try {
    const [table, shelf] = await Promise.all([tableOf(asked), openShelf(element.dataset.code ?? "")])
    clearTimeout(waiting)
    new Page(element, desk, words, table, shelf)
  } catch (error) {
    clearTimeout(waiting)
    if (error instanceof NoSeat) return show(element, say("over_seat"), say("over_hint"))
    show(element, say("not_answering"))
    setTimeout(() => void open(element, desk.asked("table")), AGAIN)
  }
}

function show(element: HTMLElement, words: string, hint = ""): void {
  element.replaceChildren(make("div", { class: "empty", role: "status" }, make("h1", {}, words), make("p", { class: "quiet" }, hint)))
}
