// The doorstep: reads the token behind the #, says who invites to what, and lets in. A page of its own, without Turbo.
import { askJSON, Refused } from "./lib/request"

interface Invitation {
  by: string
  house: string
  goal: string
  role: "view" | "edit"
  ended: boolean
  page: string
}

class Doorstep {
  readonly #form: HTMLFormElement
  readonly #name: HTMLInputElement
  readonly #wrong: HTMLElement
  #token = ""

  constructor(private readonly element: HTMLElement) {
    this.#form = element.querySelector("[data-join-form]")!
    this.#name = element.querySelector("input[name=name]")!
    this.#wrong = element.querySelector("#name-wrong")!
  }

  open(): void {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault()
      void this.#comeIn()
    })
    this.element.querySelector("[data-join-again]")!.addEventListener("click", () => void this.#look())
    addEventListener("hashchange", () => void this.#look())
    void this.#look()
  }

  async #look(): Promise<void> {
    this.#token = location.hash.slice(1)
    if (!this.#token) return this.#show("bare")
    try {
      const invitation = await this.#post<Invitation>(this.element.dataset.look!, { token: this.#token })
      if (await sitsThere(invitation.page)) return location.replace(invitation.page)
      this.#invite(invitation)
    } catch (error) {
      this.#fill({ words: this.#wordsOf(error) })
      this.#show("closed")
    }
  }

  async #comeIn(): Promise<void> {
    this.#say("")
    const button = this.#form.querySelector("button")!
    button.setAttribute("aria-busy", "true")
    try {
      const { page } = await this.#post<{ page: string }>(this.element.dataset.in!, { token: this.#token, name: this.#name.value })
      location.assign(page)
    } catch (error) {
      this.#say(this.#wordsOf(error))
      this.#name.focus()
    } finally {
      button.removeAttribute("aria-busy")
    }
  }

  #post<Answer>(url: string, body: Record<string, string>): Promise<Answer> {
    return askJSON<Answer>(url, { method: "POST", body: JSON.stringify(body) })
  }

  #invite(invitation: Invitation): void {
    this.#fill({ by: invitation.by, goal: invitation.goal }, !invitation.by)
    const shown: Record<string, boolean> = { goal: Boolean(invitation.goal), ended: invitation.ended, view: invitation.role === "view" }
    for (const part of this.element.querySelectorAll<HTMLElement>("[data-only]")) part.hidden = !shown[part.dataset.only!]
    this.#show("asking")
    document.title = this.element.querySelector("h1")!.textContent!
    this.#name.focus()
  }

  #fill(places: Record<string, string>, nobody = false): void {
    for (const part of this.element.querySelectorAll<HTMLElement>("[data-fill]")) {
      const words = (nobody && part.dataset.fillNobody) || part.dataset.fill!
      part.textContent = words.replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole)
    }
  }

  #show(which: "asking" | "closed" | "bare"): void {
    for (const part of this.element.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = part.dataset.when !== which
  }

  #say(words: string): void {
    this.#wrong.textContent = words
    this.#wrong.hidden = !words
    this.#name.setAttribute("aria-invalid", String(Boolean(words)))
  }

  #wordsOf(error: unknown): string {
    const told = error instanceof Refused ? error.body.detail : ""
    return typeof told === "string" && told ? told : this.element.dataset.failed!
  }
}

/** Whether this browser has a seat there already: the cookie of that page says so, and only the page is sent it. */
async function sitsThere(page: string): Promise<boolean> {
  const answer = await fetch(`${page}/seated`, { headers: { Accept: "application/json" }, credentials: "same-origin" })
  return answer.ok && ((await answer.json()) as { seated: boolean }).seated
}

const door = document.querySelector<HTMLElement>("[data-join]")
if (door) new Doorstep(door).open()
