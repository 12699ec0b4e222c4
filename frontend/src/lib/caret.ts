// The words around the caret of a text field.

export interface Token {
  sign: "#" | "@"
  query: string
  start: number
}

/** The mark that is being typed right before `caret`, at the start of a word; or null. */
export function tokenBefore(text: string, caret: number): Token | null {
  const found = /(?:^|[\s(])([#@])([\p{L}\p{N}._-]{0,40})$/u.exec(text.slice(Math.max(0, caret - 60), caret))
  if (!found) return null
  const [, sign, query] = found
  return { sign: sign as Token["sign"], query: query!, start: caret - query!.length - 1 }
}

/** Puts `words` over `start..end` so that the browser's own undo knows of it. */
export function replace(field: HTMLTextAreaElement, start: number, end: number, words: string): void {
  field.focus()
  field.setSelectionRange(start, end)
  if (!document.execCommand("insertText", false, words)) {
    field.setRangeText(words, start, end, "end")
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}
