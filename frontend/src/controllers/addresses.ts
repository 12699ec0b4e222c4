// To, Cc and Bcc as chips, with completion; the form still sends one line of addresses.
import { Controller } from "@hotwired/stimulus"

import { plausible, shown, split } from "../lib/addresses"
import { Completion } from "../lib/completion"
import { drawing, make } from "../lib/drawings"

export default class AddressesController extends Controller<HTMLElement> {
  static override targets = ["chips", "input", "list", "said"]
  static override values = { src: String, remove: String, added: String, removed: String }
  declare readonly chipsTarget: HTMLElement
  declare readonly inputTarget: HTMLInputElement
  declare readonly listTarget: HTMLElement
  declare readonly saidTarget: HTMLElement
  declare readonly srcValue: string
  declare readonly removeValue: string
  declare readonly addedValue: string
  declare readonly removedValue: string

  #line!: HTMLInputElement
  #completion!: Completion
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    const { signal } = this.#away
    const input = this.inputTarget
    this.#completion = new Completion(input, this.listTarget, (result) => this.#add(result.value))
    input.addEventListener("input", () => this.#typed(), { signal })
    input.addEventListener("keydown", (event) => this.#key(event), { signal })
    input.addEventListener("paste", (event) => this.#pasted(event), { signal })
    input.addEventListener("blur", () => this.#left(), { signal })
    // A form that comes back refused is laid over the one that stands here: the field has its name again then.
    document.addEventListener("turbo:render", () => input.name && this.#takeOver(), { signal })
    this.#takeOver()
  }

  override disconnect(): void {
    this.#away.abort()
    this.#completion.close()
  }

  drop(event: Event): void {
    const chip = (event.currentTarget as Element).closest<HTMLElement>(".chip")!
    this.#remove(chip)
    this.inputTarget.focus()
  }

  #takeOver(): void {
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listTarget.id })) {
      this.inputTarget.setAttribute(name, value)
    }
    this.#line = this.#hiddenLine()
    this.#line.addEventListener("addresses:set", (event) => this.#set((event as CustomEvent<string>).detail), { signal: this.#away.signal })
    this.#set(this.#line.value, true)
  }

  /** The field without JavaScript hands its name and its words to a hidden one. */
  #hiddenLine(): HTMLInputElement {
    const known = this.element.querySelector<HTMLInputElement>("input[type=hidden][data-addresses-line]")
    if (known && !this.inputTarget.name) return known
    known?.remove()
    const { name, value } = this.inputTarget
    const line = make("input", { type: "hidden", name, value, "data-addresses-line": "" })
    this.inputTarget.removeAttribute("name")
    this.inputTarget.value = ""
    this.element.append(line)
    return line
  }

  #set(line: string, quietly = false): void {
    this.chipsTarget.replaceChildren(...split(line).map((address) => this.#chip(address)))
    this.inputTarget.value = ""
    this.#write(quietly)
  }

  #chip(address: string): HTMLElement {
    const name = shown(address)
    const label = this.removeValue.replace("{name}", name)
    const button = make("button", { type: "button", "data-action": "addresses#drop", "aria-label": label }, drawing("close", true))
    const chip = make("li", { class: "chip", title: address, "data-address": address }, make("span", {}, name), button)
    if (!plausible(address)) chip.dataset.wrong = ""
    return chip
  }

  #add(text: string): void {
    const known = new Set(this.#addresses())
    const fresh = split(text).filter((address) => !known.has(address))
    this.chipsTarget.append(...fresh.map((address) => this.#chip(address)))
    this.inputTarget.value = ""
    this.#say(this.addedValue, fresh.map(shown).join(", "))
    this.#write()
  }

  #remove(chip: HTMLElement): void {
    chip.remove()
    this.#say(this.removedValue, shown(chip.dataset.address ?? ""))
    this.#write()
  }

  #addresses(): string[] {
    return [...this.chipsTarget.querySelectorAll<HTMLElement>(".chip")].map((chip) => chip.dataset.address ?? "")
  }

  #write(quietly = false): void {
    this.#line.value = [...this.#addresses(), this.inputTarget.value.trim()].filter(Boolean).join(", ")
    if (!quietly) this.#line.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #typed(): void {
    const text = this.inputTarget.value
    if (/[,;]/.test(text) && split(text + ",").length > 0 && /[,;]\s*$/.test(text)) return this.#add(text)
    this.#write()
    if (text.trim()) this.#completion.look(this.srcValue, text.trim())
    else this.#completion.close()
  }

  #key(event: KeyboardEvent): void {
    if (this.#completion.key(event) || event.isComposing) return
    const text = this.inputTarget.value.trim()
    if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || (event.key === "Tab" && text)) {
      if (event.key === "Enter" || plausible(text)) event.preventDefault()
      if (text) this.#add(text)
    } else if (event.key === "Backspace" && this.inputTarget.value === "") {
      const last = this.chipsTarget.lastElementChild
      if (last) this.#remove(last as HTMLElement)
    }
  }

  #pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? ""
    if (!/[,;\n]/.test(text.trim()) && !plausible(text.trim())) return
    event.preventDefault()
    this.#add(this.inputTarget.value + text)
  }

  #left(): void {
    this.#completion.close()
    const text = this.inputTarget.value.trim()
    if (text && plausible(text)) this.#add(text)
  }

  #say(words: string, name: string): void {
    if (name) this.saidTarget.textContent = words.replace("{name}", name)
  }
}
