// A plain field and a shared text kept in step: what is typed goes into the text as the smallest change, what others
// type comes into the field, and the caret stays between the same letters.
import type * as Y from "yjs"

/** What we need of a textarea. */
export interface Field {
  value: string
  readonly selectionStart: number | null
  readonly selectionEnd: number | null
  readonly selectionDirection: "forward" | "backward" | "none" | null
  setSelectionRange(start: number, end: number, direction?: "forward" | "backward" | "none"): void
}

export interface Change {
  index: number
  remove: number
  insert: string
}

export type Delta = { retain?: number; insert?: unknown; delete?: number }[]

export class TextBinding {
  #known: string
  #composing = false
  #meanwhile: Delta[] = []

  constructor(private readonly text: Y.Text, private readonly field: Field) {
    this.#known = text.toString()
    field.value = this.#known
    text.observe(this.#heard)
  }

  destroy(): void {
    this.text.unobserve(this.#heard)
  }

  /** The field changed under somebody's hands. Words that are still being composed wait until they are done. */
  typed(): void {
    if (this.#composing || this.field.value === this.#known) return
    const change = changeOf(this.#known, this.field.value, this.field.selectionEnd ?? this.field.value.length)
    this.#known = this.field.value
    this.#put(change)
  }

  composes(yes: boolean): void {
    this.#composing = yes
    if (yes) return
    if (this.#meanwhile.length === 0) return this.typed()
    this.#meet()
  }

  /** Others wrote while words were composed: ours go where they belong among theirs. */
  #meet(): void {
    const { value, selectionEnd } = this.field
    const heard = this.#meanwhile.splice(0)
    const change = changeOf(this.#known, value, selectionEnd ?? value.length)
    const removed = Array.from({ length: change.remove }, (_, at) => whereIs(change.index + at, heard)).filter((at) => at !== null)
    const index = heard.reduce(shifted, change.index)
    this.text.doc!.transact(() => {
      for (const at of removed.reverse()) this.text.delete(at, 1)
      this.text.insert(Math.min(index, this.text.length), change.insert)
    }, this)
    this.#known = this.text.toString()
    this.field.value = this.#known
    const caret = Math.min(index + change.insert.length, this.#known.length)
    this.field.setSelectionRange(caret, caret)
  }

  #put({ index, remove, insert }: Change): void {
    this.text.doc!.transact(() => {
      if (remove) this.text.delete(index, remove)
      if (insert) this.text.insert(index, insert)
    }, this)
  }

  readonly #heard = (event: Y.YTextEvent): void => {
    if (event.transaction.origin === this) return
    const delta = event.delta as Delta
    if (this.#composing) return void this.#meanwhile.push(delta)
    const { selectionStart, selectionEnd, selectionDirection } = this.field
    this.#known = this.text.toString()
    this.field.value = this.#known
    this.field.setSelectionRange(shifted(selectionStart ?? 0, delta), shifted(selectionEnd ?? 0, delta), selectionDirection ?? "none")
  }
}

/** The smallest change from `before` to `after`, near the caret where it might have been in several places. Never cuts
    a sign in two that is written as a pair. */
export function changeOf(before: string, after: string, caret: number): Change {
  const shorter = Math.min(before.length, after.length)
  let end = 0
  while (end < shorter && end < after.length - caret && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  let start = 0
  while (start < shorter - end && before[start] === after[start]) start++
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  if (start > 0 && isHigh(before[start - 1]!)) start--
  if (end > 0 && isLow(before[before.length - end]!)) end--
  return { index: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) }
}

function isHigh(unit: string): boolean {
  return unit >= "\ud800" && unit <= "\udbff"
}

function isLow(unit: string): boolean {
  return unit >= "\udc00" && unit <= "\udfff"
}

/** Where a place in the text is after a change. What is put in right at it comes behind it. */
export function shifted(place: number, delta: Delta): number {
  let before = 0
  let after = 0
  for (const { retain, insert, delete: gone } of delta) {
    if (insert !== undefined) {
      if (before < place) after += lengthOf(insert)
      else break
    } else if (before + (retain ?? gone ?? 0) >= place) return retain ? after + place - before : after
    else {
      before += retain ?? gone ?? 0
      after += retain ?? 0
    }
  }
  return after + place - before
}

/** Where a letter is after changes; null when it was taken out. */
export function whereIs(letter: number, deltas: Delta[]): number | null {
  return deltas.reduce<number | null>((at, delta) => (at === null ? null : letterAfter(at, delta)), letter)
}

function letterAfter(letter: number, delta: Delta): number | null {
  let before = 0
  let after = 0
  for (const { retain, insert, delete: gone } of delta) {
    if (insert !== undefined) after += lengthOf(insert)
    else if (letter < before + (retain ?? gone ?? 0)) return retain ? after + letter - before : null
    else {
      before += retain ?? gone ?? 0
      after += retain ?? 0
    }
  }
  return after + letter - before
}

function lengthOf(insert: unknown): number {
  return typeof insert === "string" ? insert.length : 1
}
