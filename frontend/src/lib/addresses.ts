// Lines of mail addresses: parting them, and telling which could be one.

/** Parts "Joe <joe@a.example>, ida@b.example; …" at commas, semicolons and line ends outside quotes and brackets. */
export function split(line: string): string[] {
  const parts: string[] = []
  let word = ""
  let quoted = false
  let inside = false
  for (const letter of line) {
    if (letter === '"') quoted = !quoted
    else if (letter === "<") inside = true
    else if (letter === ">") inside = false
    if (!quoted && !inside && (letter === "," || letter === ";" || letter === "\n")) {
      parts.push(word)
      word = ""
    } else word += letter
  }
  return [...parts, word].map((part) => part.trim()).filter(Boolean)
}

/** The bare address in "Joe <joe@a.example>". */
export function bare(address: string): string {
  return (/<([^<>]*)>\s*$/.exec(address)?.[1] ?? address).trim()
}

/** What a chip shows: the name where there is one. */
export function shown(address: string): string {
  const name = address.replace(/<[^<>]*>\s*$/, "").trim().replace(/^"(.*)"$/, "$1")
  return name || bare(address)
}

/** Whether mail could be sent there, as far as its form goes. */
export function plausible(address: string): boolean {
  return /^[^\s@<>,;"]+@[^\s@<>,;".]+(\.[^\s@<>,;".]+)+$/.test(bare(address))
}
