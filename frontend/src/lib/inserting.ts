// Saved replies after "#", colleagues after "@": offered while one types, put in at the caret.
import { visit } from "@hotwired/turbo"
import { replace, tokenBefore, type Token } from "./caret"
import { Completion, type Result } from "./completion"

export class Inserting {
  #token: Token | null = null
  #completion: Completion

  /** `address` says where to ask for a sign; empty where the sign means nothing. */
  constructor(
    private readonly body: HTMLTextAreaElement,
    list: HTMLElement,
    private readonly address: (sign: Token["sign"]) => string,
  ) {
    this.#completion = new Completion(body, list, (result) => this.#pick(result))
  }

  /** Looks at what stands before the caret, after a key. */
  offer(): void {
    const token = tokenBefore(this.body.value, this.body.selectionStart)
    const url = token ? this.address(token.sign) : ""
    this.#token = url ? token : null
    if (token && url) this.#completion.look(url, token.query)
    else this.#completion.close()
  }

  /** Offers everything there is for a sign, at the caret. */
  all(sign: Token["sign"]): void {
    this.#token = { sign, query: "", start: this.body.selectionStart }
    this.body.focus()
    this.#completion.look(this.address(sign), "", 0)
  }

  key(event: KeyboardEvent): boolean {
    return this.#completion.key(event)
  }

  close(): void {
    this.#completion.close()
  }

  #pick(result: Result): void {
    const { sign, start } = this.#token ?? { sign: "#", start: this.body.selectionStart }
    replace(this.body, start, this.body.selectionStart, result.href ? "" : sign === "@" ? `${result.value} ` : result.value)
    this.#token = null
    this.#completion.close()
    if (result.href) visit(result.href)
  }
}
