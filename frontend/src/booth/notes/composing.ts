// Words that are composed: an input method keeps them open in the page until one is chosen, and a paragraph that is drawn
// anew meanwhile would cut them. So what others write waits until the words are done; but not for long while they rest,
// for a phone's keyboard keeps a word open until the next begins.

const RESTS = 4_000 // milliseconds
const READ_AFTER = 60

export class Composing {
  #timer: ReturnType<typeof setTimeout> | undefined
  #holds = false

  constructor(private readonly hold: (yes: boolean) => void) {}

  /** A letter was composed. */
  goesOn(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.ends(), RESTS)
    if (!this.#holds) this.hold((this.#holds = true))
  }

  /** The words are chosen, or have rested. */
  ends(): void {
    clearTimeout(this.#timer)
    if (this.#holds) this.hold((this.#holds = false))
  }

  /** Follows what happens in an editor. */
  follow(editor: HTMLElement): void {
    for (const name of ["compositionstart", "compositionupdate"]) editor.addEventListener(name, () => this.goesOn())
    // The editor reads the chosen words a moment after the browser says so.
    for (const name of ["compositionend", "blur"]) editor.addEventListener(name, () => this.#endSoon())
  }

  #endSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.ends(), READ_AFTER)
  }
}
