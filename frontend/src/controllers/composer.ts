// Where one writes: words kept as they come, files, completion, and a send that has seen the newest message.
import { Controller } from "@hotwired/stimulus"

import { bringFiles } from "../lib/bring"
import { replace } from "../lib/caret"
import { type Draft, DraftKeeper, same, type State, type Theirs } from "../lib/draft"
import { Inserting } from "../lib/inserting"
import { keep, othersKept } from "../lib/keeping"
import { Kinds, layOnTop, markUnsent } from "../lib/kinds"
import { fillLines, readLines } from "../lib/lines"
import { Seen } from "../lib/seen"
import { type Copy, Shelf } from "../lib/shelf"
import { tellState } from "../lib/trouble"
import { type ComposerWords, Uploads, type Stored } from "../lib/uploads"

export default class ComposerController extends Controller<HTMLFormElement> {
  static override targets = ["body", "kind", "only", "files", "picker", "status", "revision", "seen", "conflict", "mine", "theirs", "theirsBy", "options", "send", "newer"]
  static override values = {
    draftUrl: String, revision: Number, key: String, uploadUrl: String, mentionsUrl: String, savedUrl: String, seen: String, words: Object, does: String,
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
  declare readonly doesValue: string

  #keeper!: DraftKeeper
  #uploads!: Uploads
  #kinds!: Kinds
  #inserting!: Inserting
  #seen!: Seen
  #theirs: Theirs | null = null
  #typedAt = 0
  #sending = false
  #away = new AbortController()

  override connect(): void {
    this.#away = new AbortController()
    const shelf = new Shelf(this.keyValue)
    this.#keeper = keep(this.draftUrlValue, this.revisionValue, shelf, (state, theirs) => this.#told(state, theirs))
    this.#uploads = new Uploads(this.uploadUrlValue, this.filesTarget, this.wordsValue, () => this.#changed())
    this.#inserting = new Inserting(this.bodyTarget, this.optionsTarget, (sign) => this.#offered(sign))
    this.#kinds = new Kinds(this.element, () => this.kindTargets, () => this.onlyTargets, this.doesValue)
    this.#seen = new Seen(this.seenValue, () => this.#showNewer())
    this.#listen(this.#away.signal)
    this.#kinds.show()
    this.#restore(shelf.take())
    markUnsent()
  }

  override disconnect(): void {
    this.#keeper.leave()
    this.#seen.stop()
    this.#inserting.close()
    this.#away.abort()
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
    this.#inserting.all("#")
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
    form.addEventListener("keydown", (event) => this.#key(event), { signal })
    form.addEventListener("submit", (event) => void this.#submit(event), { signal, capture: true })
    form.addEventListener("turbo:submit-end", (event) => this.#sent((event as CustomEvent<{ success: boolean }>).detail.success), { signal })
    bringFiles(form, (files, pasted) => this.#addFiles(files, pasted), signal)
    addEventListener("pagehide", () => this.#keeper.leave(), { signal })
    document.addEventListener("click", (event) => this.#switchFromOutside(event), { signal })
    addEventListener("focus", () => this.#keeper.again(), { signal })
    addEventListener("turbo:load", () => this.#begin(), { signal })
    addEventListener("composer:sending", (event) => void (event as CustomEvent<{ kept: Promise<void>[] }>).detail.kept.push(this.#keeper.flush()), { signal })
  }

  // The draft

  #draft(): Draft {
    const { revision } = this.#keeper
    return { ...readLines(this.element), body: this.bodyTarget.value, kind: this.#kinds.now, files: this.#uploads.ids, revision }
  }

  #changed(): void {
    if (!this.#sending) this.#keeper.change(this.#draft())
  }

  /** What the server did not have yet when it drew this page goes on, on top: these were the last words written. */
  #restore(copy: Copy | null): void {
    if (!copy || !this.#kinds.does(copy.draft.kind) || same(copy.draft, this.#draft())) return
    const theirs: Theirs = { ...this.#draft(), revision: this.revisionValue }
    const mine = { ...this.#draft(), ...copy.draft }
    this.#fill(mine)
    layOnTop(this.element, copy.at)
    this.#keeper.restore(mine, copy.sent ?? [], theirs)
  }

  #fill(words: Partial<Draft>): void {
    if (words.body !== undefined) this.bodyTarget.value = words.body
    fillLines(this.element, words)
    if (words.kind) this.#kinds.become(words.kind)
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
    const words: Record<State, string> = { idle: saved, waiting: "", saving, failed: kept, conflict: "", "signed-out": "", "too-large": "" }
    const signedOut = tellState(this.element, state)
    if (state !== "saving" || (!signedOut && this.statusTargets.some((target) => target.textContent !== saved))) {
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

  /** Lays this form on top, or aside for another one: each keeps its own words. */
  #switchFromOutside(event: MouseEvent): void {
    const button = (event.target as Element).closest?.<HTMLElement>("[data-composer-kind]")
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const { composerKind = "", composerSetTo, composerSetCc, composerSetSubject } = button.dataset
    this.element.hidden = !this.#kinds.does(composerKind)
    if (this.element.hidden) return
    const before = this.#kinds.now
    this.#fill({ kind: composerKind, to: composerSetTo, cc: composerSetCc, subject: composerSetSubject })
    markUnsent()
    this.bodyTarget.focus()
    this.bodyTarget.scrollIntoView({ block: "nearest" })
    if (before !== this.#kinds.now || composerSetTo || composerSetCc || composerSetSubject) this.#changed()
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
    this.#inserting.offer()
  }

  #offered(sign: "#" | "@"): string {
    if (sign === "#") return this.savedUrlValue
    return this.#kinds.now === "note" ? this.mentionsUrlValue : ""
  }

  #key(event: KeyboardEvent): void {
    if (event.target === this.bodyTarget && this.#inserting.key(event)) return
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
      await Promise.all([this.#keeper.settle(), ...othersKept()])
      // A form ignores requestSubmit() while it still tells of the submission that we stopped (HTML, form submission).
      await new Promise((resolve) => setTimeout(resolve))
      if (this.#keeper.inConflict) this.#unsent()
      else this.element.requestSubmit(event.submitter as HTMLElement | null)
      return
    }
    for (const target of this.seenTargets) target.value = this.#seen.value
    for (const target of this.revisionTargets) target.value = String(this.#keeper.revision)
  }

  /** The page was drawn anew around this form: what it shows was seen, and after a send a new letter begins. */
  #begin(): void {
    this.#seen.mark()
    this.#showNewer()
    markUnsent()
    if (this.#keeper.isClosed) this.#keeper.reopen(this.revisionValue)
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
