// The words of the page: they come from the template, in the reader's language.
import type { Say } from "./types"

export function speaker(words: Record<string, string>): Say {
  return (key, places = {}) => {
    const text = words[key] ?? key
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole)
  }
}

/** Names as one says them: "Lena", "Lena and Ryan", "Lena, Ryan and Austin". */
export function together(names: string[], lang: string): string {
  return new Intl.ListFormat(lang, { type: "conjunction" }).format(names)
}
