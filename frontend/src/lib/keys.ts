// Keys and sequences of keys, as templates write them: "e", "#", "Shift+I", "mod+Enter", "g i".

export interface Press {
  key: string
  code?: string
  shiftKey?: boolean
  ctrlKey?: boolean
  metaKey?: boolean
  altKey?: boolean
}

/** One press in the words of a template; empty for a bare modifier or a chord that is not ours. */
export function nameOf(press: Press): string {
  if (["Shift", "Control", "Meta", "Alt", "AltGraph", "Dead"].includes(press.key)) return ""
  const mod = Boolean(press.ctrlKey || press.metaKey)
  const key = latin(press)
  const isLetter = /^[a-z]$/i.test(key)
  const shift = press.shiftKey && (isLetter || key.length > 1) ? "Shift+" : ""
  const word = isLetter ? (press.shiftKey && !mod ? key.toUpperCase() : key.toLowerCase()) : key
  if (press.altKey && (mod || key.length > 1)) return ""
  return `${mod ? "mod+" : ""}${shift}${word}`
}

/** On a keyboard of another script the place of the key counts. */
function latin(press: Press): string {
  if (press.key.length !== 1 || press.key.charCodeAt(0) < 128) return press.key
  const place = /^Key([A-Z])$/.exec(press.code ?? "")
  return place ? place[1]!.toLowerCase() : press.key
}

/** Follows presses and says which of the offered sequences they complete. */
export class Sequence {
  #past: string[] = []
  #at = 0

  constructor(private readonly patience = 1000) {}

  /** Returns the sequence that `name` completes at `now` (ms), the longest first; or null. */
  press(name: string, offered: Iterable<string>, now: number): string | null {
    if (now - this.#at > this.patience) this.#past = []
    this.#at = now
    this.#past = [...this.#past, name].slice(-3)
    const all = [...offered]
    for (let length = this.#past.length; length > 0; length--) {
      const tail = this.#past.slice(-length).join(" ")
      if (all.includes(tail)) {
        this.#past = []
        return tail
      }
      if (all.some((sequence) => sequence.startsWith(`${tail} `))) {
        this.#past = this.#past.slice(-length)
        return null
      }
    }
    this.#past = []
    return null
  }
}

/** The keys of a sequence as a reader knows them, on this kind of machine. */
export function spoken(sequence: string, apple: boolean): string[][] {
  const words: Record<string, string> = { mod: apple ? "⌘" : "Ctrl", Shift: apple ? "⇧" : "Shift", Escape: "Esc" }
  return sequence.split(" ").map((chord) => {
    const parts = chord === "+" ? ["+"] : chord.split("+")
    return parts.map((part) => words[part] ?? (part.length === 1 ? part.toUpperCase() : part))
  })
}
