// The one-line fields of a letter: to whom, and about what.
import type { Draft } from "./draft"

export const LINES = ["to", "cc", "bcc", "subject"] as const
export type Lines = Pick<Draft, (typeof LINES)[number]>

export function readLines(form: HTMLFormElement): Lines {
  const [to, cc, bcc, subject] = LINES.map((name) => line(form, name)?.value ?? "")
  return { to: to!, cc: cc!, bcc: bcc!, subject: subject! }
}

/** Writes the lines that are given; chips follow. */
export function fillLines(form: HTMLFormElement, lines: Partial<Lines>): void {
  for (const name of LINES) {
    const field = line(form, name)
    const value = lines[name]
    if (!field || value === undefined) continue
    field.value = value
    field.dispatchEvent(new CustomEvent("addresses:set", { detail: value }))
  }
}

function line(form: HTMLFormElement, name: string): HTMLInputElement | null {
  const element = form.elements.namedItem(name)
  return element instanceof HTMLInputElement ? element : null
}
