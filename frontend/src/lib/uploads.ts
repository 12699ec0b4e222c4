// Adding files to a letter: one request each, its progress on its chip.
import { drawing, make } from "./drawings"
import { ours } from "./request"

export interface Stored {
  id: string
  name: string
  size: number
  type: string
  href: string
  thumb?: string
}

export interface Words {
  remove?: string
  failed?: string
}

/** All that a composer says by itself. */
export interface ComposerWords extends Words {
  saving?: string
  saved?: string
  kept?: string
  uploading?: string
  theirs?: string
  someone?: string
}

export class Uploads {
  #open = new Map<HTMLElement, XMLHttpRequest>()

  constructor(
    private readonly url: string,
    private readonly list: HTMLElement,
    private readonly words: Words,
    private readonly changed: () => void,
  ) {}

  get underWay(): boolean {
    return this.#open.size > 0
  }

  get ids(): string[] {
    return [...this.list.querySelectorAll<HTMLInputElement>("input[name=files]")].map((input) => input.value)
  }

  add(file: File, done?: (stored: Stored) => void): void {
    const bar = make("progress", { max: "1", value: "0", "aria-label": file.name })
    const state = make("span", { class: "tiny" })
    const inside = make("span", { class: "attachment-in" }, drawing("file"), make("span", { class: "attachment-name" }, file.name), state)
    const chip = make("li", { class: "attachment" }, inside, this.#dropButton(file.name), bar)
    this.list.append(chip)
    const request = new XMLHttpRequest()
    this.#open.set(chip, request)
    request.upload.onprogress = (event) => event.lengthComputable && (bar.value = event.loaded / event.total)
    request.onload = () => this.#answered(chip, request, state, bar, done)
    request.onerror = request.ontimeout = () => this.#failed(chip, state, bar, "")
    request.open("POST", this.url)
    for (const [name, value] of Object.entries(ours())) request.setRequestHeader(name, value)
    request.setRequestHeader("Accept", "application/json")
    const form = new FormData()
    form.append("file", file, file.name)
    request.send(form)
  }

  /** Takes a file off the letter, and stops it where it is still on its way. */
  drop(chip: HTMLElement): void {
    this.#open.get(chip)?.abort()
    this.#open.delete(chip)
    chip.remove()
    this.changed()
  }

  clear(): void {
    for (const chip of [...this.list.children]) this.drop(chip as HTMLElement)
  }

  #answered(chip: HTMLElement, request: XMLHttpRequest, state: HTMLElement, bar: HTMLElement, done?: (stored: Stored) => void): void {
    const answer = parsed(request.responseText)
    if (request.status !== 201 && request.status !== 200) return this.#failed(chip, state, bar, answer.detail ?? "")
    const stored = answer as unknown as Stored
    bar.remove()
    chip.dataset.file = stored.id
    chip.append(make("input", { type: "hidden", name: "files", value: stored.id }))
    if (stored.thumb) this.#picture(chip, stored.thumb)
    this.#open.delete(chip)
    done?.(stored)
    this.changed()
  }

  #picture(chip: HTMLElement, thumb: string): void {
    chip.dataset.picture = ""
    chip.querySelector(".attachment-in > .icon")?.replaceWith(make("img", { src: thumb, alt: "" }))
  }

  #failed(chip: HTMLElement, state: HTMLElement, bar: HTMLElement, why: string): void {
    bar.remove()
    chip.dataset.state = "failed"
    state.setAttribute("role", "alert")
    state.textContent = why || this.words.failed || ""
    this.#open.delete(chip)
    this.changed()
  }

  #dropButton(name: string): HTMLElement {
    const label = (this.words.remove ?? "{name}").replace("{name}", name)
    const attributes = { type: "button", class: "button plain", "data-action": "composer#dropFile", "aria-label": label }
    return make("button", attributes, drawing("close", true))
  }
}

function parsed(text: string): { detail?: string } {
  try {
    return JSON.parse(text) as { detail?: string }
  } catch {
    return {}
  }
}
