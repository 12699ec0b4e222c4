// Where one writes: words kept as they come, files, completion, and a send that has seen the newest message.
import { Controller } from "@hotwired/stimulus"

import { replace, tokenBefore, type Token } from "../lib/caret"
import { Completion, type Result } from "../lib/completion"
import { type Draft, DraftKeeper, same, type State, type Theirs } from "../lib/draft"
import { keep } from "../lib/keeping"
import { Seen } from "../lib/seen"
import { Shelf } from "../lib/shelf"
import { Uploads, type Stored, type Words } from "../lib/uploads"

interface ComposerWords extends Words {
  saving?: string
  saved?: string
  kept?: string
  uploading?: string
  theirs?: string
  someone?: string
}

const LINES = ["to", "cc", "bcc", "subject"] as const

export default class ComposerController extends Controller<HTMLFormElement> {
  static override targets = ["body", "kind", "only", "files", "picker", "status", "revision", "seen", "conflict", "mine", "theirs", "theirsBy", "options", "send", "newer"]
  static override values = {
    draftUrl: String, revision: Number, key: String, uploadUrl: String, mentionsUrl: String, savedUrl: String, seen: String, words: Object,
  }
  declare readonly bodyTarget: HTMLTextAreaElement
  declare readonly kindTargets: HTMLInputElement[]
  declare readonly onlyTargets: HTMLElement[]
  declare readonly filesTarget: HTMLElement
  declare readonly pickerTarget: HTMLInputElement
  declare readonly statusTargets: HTMLElement[]
  declare readonly revisionTargets: HTMLInputElement[]
  declare readonly seenTargets: HTMLInputElement[]
  declare readonly hasConflictTarget: boolean
  declare readonly conflictTarget: HTMLElement
  declare readonly mineTarget: HTMLElement
  declare readonly theirsTarget: HTMLElement
  declare readonly theirsByTarget: HTMLElement
  declare readonly optionsTarget: HTMLElement
  declare readonly sendTarget: HTMLButtonElement
  declare readonly newerTargets: HTMLElement[]
  declare readonly draftUrlValue: string
  declare readonly revisionValue: number
  declare readonly keyValue: string
  declare readonly uploadUrlValue: string
  declare readonly mentionsUrlValue: string
  declare readonly savedUrlValue: string
  declare readonly seenValue: string
  declare readonly wordsValue: ComposerWords

  #keeper!: DraftKeeper
  #uploads!: Uploads
  #completion!: Completion
  #seen!: Seen
  #token: Token | null = null
  #theirs: Theirs | null = null
  #typedAt = 0
  #sending = false
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    const shelf = new Shelf(this.keyValue)
    this.#keeper = keep(this.draftUrlValue, this.revisionValue, shelf, (state, theirs) => this.#told(state, theirs))
    this.#uploads = new Uploads(this.uploadUrlValue, this.filesTarget, this.wordsValue, () => this.#changed())
    this.#completion = new Completion(this.bodyTarget, this.optionsTarget, (result) => this.#pick(result))
    this.#seen = new Seen(this.seenValue, () => this.#showNewer())
    this.#listen(this.#away.signal)
    this.#showKind()
    this.#restore(shelf.take())
  }

  override disconnect(): void {
    this.#keeper.leave()
    this.#seen.stop()
    this.#completion.close()
    this.#away.abort()
  }

  /** The server wrote a new form into this one: after a send, or for a draft that another tab kept. */
  revisionValueChanged(revision: number, before: number | undefined): void {
    if (before !== undefined && before !== revision && this.#keeper) this.#keeper.reopen(revision)
  }

  pick(): void {
    this.#addFiles(this.pickerTarget.files, false)
    this.pickerTarget.value = ""
  }

  dropFile(event: Event): void {
    this.#uploads.drop((event.currentTarget as Element).closest<HTMLElement>(".attachment")!)
    this.bodyTarget.focus()
  }

  saved(): void {
    const { bodyTarget: body } = this
    const start = body.selectionStart
    this.#token = { sign: "#", query: "", start }
    body.focus()
    this.#completion.look(this.savedUrlValue, "", 0)
  }

  /** Goes to what came in meanwhile. */
  look(): void {
    this.#seen.newest()?.scrollIntoView({ block: "center", behavior: "smooth" })
    this.#seen.mark()
    this.#showNewer()
  }

  keepMine(): void {
    this.#resolve(this.#draft())
  }

  takeTheirs(): void {
    if (this.#theirs) this.#fill(this.#theirs)
    this.#resolve(this.#draft())
  }

  keepBoth(): void {
    const both = [this.#theirs?.body, this.bodyTarget.value].filter(Boolean).join("\n\n")
    this.bodyTarget.value = both
    this.#resolve(this.#draft())
  }

  #listen(signal: AbortSignal): void {
    const form = this.element
    form.addEventListener("input", (event) => this.#typed(event), { signal })
    form.addEventListener("change", (event) => this.#chose(event), { signal })
    form.addEventListener("keydown", (event) => this.#key(event), { signal })
    form.addEventListener("submit", (event) => void this.#submit(event), { signal, capture: true })
    form.addEventListener("turbo:submit-end", (event) => this.#sent((event as CustomEvent<{ success: boolean }>).detail.success), { signal })
    form.addEventListener("paste", (event) => this.#pasted(event), { signal })
    form.addEventListener("dragover", (event) => this.#over(event), { signal })
    form.addEventListener("dragleave", () => delete form.dataset.over, { signal })
    form.addEventListener("drop", (event) => this.#dropped(event), { signal })
    addEventListener("pagehide", () => this.#keeper.leave(), { signal })
    document.addEventListener("click", (event) => this.#switchFromOutside(event), { signal })
  }

  // The draft

  #draft(): Draft {
    const line = (name: string) => this.#line(name)?.value ?? ""
    return {
      body: this.bodyTarget.value, to: line("to"), cc: line("cc"), bcc: line("bcc"), subject: line("subject"),
      kind: this.#kind, files: this.#uploads.ids, revision: this.#keeper.revision,
    }
  }

  #line(name: string): HTMLInputElement | null {
    const element = this.element.elements.namedItem(name)
    return element instanceof HTMLInputElement ? element : null
  }

  #changed(): void {
    if (!this.#sending) this.#keeper.change(this.#draft())
  }

  #restore(copy: Draft | null): void {
    if (!copy || same(copy, this.#draft())) return
    const mine = { ...this.#draft(), ...copy }
    const theirs: Theirs = { ...this.#draft(), revision: this.revisionValue }
    this.#fill(mine)
    if (copy.revision >= this.revisionValue || !theirs.body) this.#keeper.change(mine)
    else this.#told("conflict", theirs)
  }

  #fill(words: Partial<Draft>): void {
    if (words.body !== undefined) this.bodyTarget.value = words.body
    for (const name of LINES) {
      const line = this.#line(name)
      const value = words[name]
      if (!line || value === undefined) continue
      line.value = value
      line.dispatchEvent(new CustomEvent("addresses:set", { detail: value }))
    }
    if (words.kind) this.#become(words.kind)
  }

  #resolve(draft: Draft): void {
    this.conflictTarget.hidden = true
    if (this.#keeper.inConflict) this.#keeper.resolve(draft)
    else this.#keeper.change(draft)
    this.#theirs = null
    this.bodyTarget.focus()
  }

  #told(state: State, theirs?: Theirs): void {
    const { saving = "", saved = "", kept = "" } = this.wordsValue
    const words: Record<State, string> = { idle: saved, waiting: "", saving, failed: kept, conflict: "" }
    if (state !== "saving" || this.statusTargets.some((target) => target.textContent !== saved)) {
      for (const target of this.statusTargets) target.textContent = words[state]
    }
    for (const target of this.revisionTargets) target.value = String(this.#keeper.revision)
    if (state === "idle") this.#tell("saved", { revision: this.#keeper.revision })
    if (state === "conflict" && theirs) this.#showConflict(theirs)
  }

  #showConflict(theirs: Theirs): void {
    if (!this.hasConflictTarget) return
    this.#theirs = theirs
    this.mineTarget.textContent = this.bodyTarget.value
    this.theirsTarget.textContent = theirs.body ?? ""
    const { theirs: words, someone = "" } = this.wordsValue
    if (theirs.by && words) this.theirsByTarget.textContent = words.replace("{name}", theirs.by || someone)
    this.conflictTarget.hidden = false
  }

  // Kinds

  get #kind(): string {
    return (this.kindTargets.find((kind) => kind.type === "hidden" || kind.checked) ?? this.kindTargets[0])?.value ?? "reply"
  }

  #become(kind: string): void {
    for (const target of this.kindTargets) {
      if (target.type === "hidden") target.value = kind
      else target.checked = target.value === kind
    }
    this.#showKind()
  }

  #showKind(): void {
    const kind = this.#kind
    this.element.dataset.kind = kind
    for (const part of this.onlyTargets) part.hidden = !(part.dataset.kinds ?? "").split(" ").includes(kind)
  }

  #switchFromOutside(event: Event): void {
    const button = (event.target as Element).closest?.<HTMLElement>("[data-composer-kind]")
    if (!button) return
    const { composerKind, composerSetTo, composerSetCc, composerSetSubject } = button.dataset
    this.#fill({ kind: composerKind, to: composerSetTo, cc: composerSetCc, subject: composerSetSubject })
    this.bodyTarget.focus()
    this.bodyTarget.scrollIntoView({ block: "nearest" })
    this.#changed()
  }

  // Typing, keys, completion

  #typed(event: Event): void {
    if (event.target instanceof HTMLInputElement && event.target.type === "file") return
    this.#changed()
    if (event.target !== this.bodyTarget) return
    if (Date.now() - this.#typedAt > 3000) {
      this.#typedAt = Date.now()
      this.#tell("typing")
    }
    this.#offer()
  }

  #chose(event: Event): void {
    if (!this.kindTargets.includes(event.target as HTMLInputElement)) return
    this.#showKind()
    this.#changed()
    this.bodyTarget.focus()
  }

  #offer(): void {
    const token = tokenBefore(this.bodyTarget.value, this.bodyTarget.selectionStart)
    const url = token?.sign === "#" ? this.savedUrlValue : token && this.#kind === "note" ? this.mentionsUrlValue : ""
    this.#token = url ? token : null
    if (token && url) this.#completion.look(url, token.query)
    else this.#completion.close()
  }

  #pick(result: Result): void {
    const token = this.#token ?? { sign: "@", start: this.bodyTarget.selectionStart }
    const words = token.sign === "@" ? `${result.value} ` : result.value
    replace(this.bodyTarget, token.start, this.bodyTarget.selectionStart, words)
    this.#token = null
    this.#completion.close()
  }

  #key(event: KeyboardEvent): void {
    if (event.target === this.bodyTarget && this.#completion.key(event)) return
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault()
      this.element.requestSubmit(this.sendTarget)
    } else if (event.key === "Escape" && event.target === this.bodyTarget && !event.isComposing) this.bodyTarget.blur()
  }

  // Files

  #addFiles(files: FileList | null | undefined, inline: boolean): void {
    for (const file of files ?? []) {
      this.#uploads.add(file, inline && file.type.startsWith("image/") ? (stored) => this.#mark(stored) : undefined)
    }
  }

  #mark(stored: Stored): void {
    const caret = this.bodyTarget.selectionEnd
    const name = stored.name.replace(/[[\]\n]/g, "")
    replace(this.bodyTarget, caret, caret, `![${name}](file:${stored.id})`)
  }

  #pasted(event: ClipboardEvent): void {
    const files = event.clipboardData?.files
    if (!files?.length || event.clipboardData?.getData("text/plain")) return
    event.preventDefault()
    this.#addFiles(files, true)
  }

  #over(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    this.element.dataset.over = ""
  }

  #dropped(event: DragEvent): void {
    delete this.element.dataset.over
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    this.#addFiles(event.dataTransfer.files, false)
  }

  // Sending

  #showNewer(): void {
    for (const target of this.newerTargets) target.hidden = !(this.#seen.behind && this.bodyTarget.value.trim())
  }

  async #submit(event: SubmitEvent): Promise<void> {
    const stop = () => {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    if (this.#uploads.underWay || (this.hasConflictTarget && !this.conflictTarget.hidden)) {
      stop()
      for (const target of this.statusTargets) target.textContent = this.#uploads.underWay ? (this.wordsValue.uploading ?? "") : ""
      return
    }
    if (!this.#sending) {
      stop()
      this.#sending = true
      await this.#keeper.settle()
      if (this.#keeper.inConflict) this.#unsent()
      else this.element.requestSubmit(event.submitter as HTMLElement | null)
      return
    }
    for (const target of this.seenTargets) target.value = this.#seen.value
    for (const target of this.revisionTargets) target.value = String(this.#keeper.revision)
  }

  #sent(success: boolean): void {
    if (!success) return this.#unsent()
    this.#sending = false
    this.#keeper.close()
    this.#tell("sent")
  }

  #unsent(): void {
    this.#sending = false
    this.#keeper.resume()
  }

  #tell(name: string, detail: object = {}): void {
    dispatchEvent(new CustomEvent(`composer:${name}`, { detail }))
  }
}
