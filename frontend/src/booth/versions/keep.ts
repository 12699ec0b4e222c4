// Keeping the page as it is now: by hand, under a name; and before an older one is laid over it.
import type { Around } from "../around"
import { field, make } from "../dom"
import { uuid } from "../kept/key"

/** Has the house keep what stands now. False, with words for the reader, when it could not: nothing may be laid over it then. */
export async function keepNow({ desk, rows, say, notices }: Around, body: { name?: string; why?: "returned" }): Promise<boolean> {
  const outcome = await desk.post({ once: uuid(), by: rows.now.you.id, path: ["versions", "keep"], body, at: Date.now() })
  if (typeof outcome === "object" && "taken" in outcome) return true
  const why = typeof outcome === "object" ? outcome.words : ""
  notices.show("version", { words: why || say("version_not_kept"), kind: "broken", lasts: 15_000 })
  return false
}

/** One field and one button; `kept` is called when the page was kept. */
export function keepForm(around: Around, kept: () => void): HTMLFormElement {
  const { say } = around
  const name = make("input", { class: "input", maxlength: "80" })
  const form = make("form", { class: "naming" }, field(say("version_name"), name), make("button", { class: "button" }, say("version_keep")))
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    if (!(await keepNow(around, { name: name.value.trim() }))) return
    name.value = ""
    around.announce(say("version_is_kept"))
    kept()
  })
  return form
}
