// The seats in the head of the page: who is here now. Coming and going is said to those who hear the page.
import { type Around, states } from "../around"
import { Keyed, make, seat, tell } from "../dom"
import { changesIn, type Sitting, sitting } from "./who"

const GONE_AFTER = 4_000 // a line that was cut for a moment is nobody's leaving

export class Seats {
  readonly element: HTMLButtonElement
  /** Said where nobody else is here yet. */
  readonly waiting = make("p", { class: "booth-waiting", hidden: "" })
  readonly #list = make("span", { class: "cluster" })
  readonly #keyed: Keyed<Sitting, HTMLElement>
  #told: Sitting[] | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly around: Around, opened: () => void) {
    const { say } = around
    this.#keyed = new Keyed(this.#list, ({ id }) => String(id), ({ side }) => make("span", { class: "present" }, seat(side, true), make("span")), (element, one) => this.#update(element, one))
    const unseen = make("span", { class: "unseen" }, say("who_sits_here"))
    this.element = make("button", { type: "button", class: "button plain seats", "aria-expanded": "false" }, this.#list, unseen)
    this.element.addEventListener("click", opened)
    around.awareness.on("change", this.#show)
    around.rows.watch(this.#show)
  }

  destroy(): void {
    clearTimeout(this.#timer)
    this.around.awareness.off("change", this.#show)
  }

  readonly #show = (): void => {
    const { rows, awareness } = this.around
    const now = sitting(states(awareness).values(), rows.now.participants, rows.now.you.id)
    this.#keyed.show(now)
    this.#showWaiting(now.filter(({ you }) => !you).length === 0)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#announce(now), this.#told === null ? 0 : changesIn(this.#told, now).went.length ? GONE_AFTER : 0)
  }

  #update(element: HTMLElement, one: Sitting): void {
    element.querySelector<HTMLElement>(".seat")!.dataset.whose = one.side
    tell(element.lastElementChild!, this.#nameOf(one))
  }

  #nameOf({ name, you }: Sitting): string {
    return you ? this.around.say("you_named", { name }) : name
  }

  #announce(now: Sitting[]): void {
    const { came, went } = changesIn(this.#told ?? [], now)
    this.#told = now
    for (const { name } of came) this.around.announce(this.around.say("came", { name }))
    for (const { name } of went) this.around.announce(this.around.say("went", { name }))
  }

  /** Alone: they see that you are here, and what becomes of what you do. */
  #showWaiting(alone: boolean): void {
    const { rows, say } = this.around
    const { you, participants, booth } = rows.now
    this.waiting.hidden = !alone || booth.state !== "open"
    const others = participants.filter((one) => one.side !== you.side && !one.removed)
    if (!others.length) return tell(this.waiting, say(you.is_member ? "nobody_came_yet" : "they_see_you"))
    tell(this.waiting, say(you.is_member ? "what_waits" : "they_are_told", { names: new Intl.ListFormat(this.around.lang).format(others.map(({ name }) => name)) }))
  }
}
