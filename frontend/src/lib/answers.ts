// Answers that are no part of the page they were asked for: told in words where one wrote, else shown whole. Whoever is
// signed out meanwhile, or sends too much, keeps what stands in the field; a frame is never left with "Content missing".
import type { TurboBeforeFetchResponseEvent, TurboFetchRequestErrorEvent, TurboFrameMissingEvent } from "@hotwired/turbo"

import { make } from "./drawings"
import { hasWords, tellAnswer, tellSignedOut, tellTooLarge, troubleWords, untell } from "./trouble"

const DRAWN_BY_VIEWS = [409, 422, 429] // the form once more, with what is wrong

document.addEventListener("turbo:submit-start", (event) => untell(event.target as HTMLFormElement))

document.addEventListener("turbo:before-fetch-response", (event) => {
  const { response } = (event as TurboBeforeFetchResponseEvent).detail.fetchResponse
  const form = event.target instanceof HTMLFormElement ? event.target : null
  if (response.status === 401 && response.headers.has("X-Sign-In")) {
    event.preventDefault()
    tellSignedOut(form, response.headers.get("X-Sign-In")!)
  } else if (form && isTrouble(form, response.status)) {
    event.preventDefault()
    if (response.status === 413 && !hasFiles(form)) tellTooLarge(form)
    else void wordsOf(response).then((words) => tellAnswer(form, ...words))
  }
})

document.addEventListener("turbo:fetch-request-error", (event) => {
  if (event.target instanceof HTMLFormElement && (event as TurboFetchRequestErrorEvent).detail.error.name !== "AbortError") {
    tellAnswer(event.target, troubleWords().unreachable ?? "")
  }
})

document.addEventListener("turbo:frame-missing", (event) => {
  const { response, visit } = (event as TurboFrameMissingEvent).detail
  const frame = event.target as Element
  event.preventDefault()
  const unasked = frame.getAttribute("loading") === "lazy" // it came by itself, beside something else that one does
  if (unasked && !response.ok) void wordsOf(response).then((words) => tellAnswer(null, ...words))
  else void visit(response as unknown as string, {})
})

/** Whether the page of an answer would take the place of what one wrote, or of the frame that the form stands in. */
function isTrouble(form: HTMLFormElement, status: number): boolean {
  if (status < 400 || DRAWN_BY_VIEWS.includes(status)) return false
  if (status >= 500 || status === 408 || status === 413) return true // the server's own page, which no page of ours takes in
  return hasWords(form) || form.closest("turbo-frame") !== null || "turboFrame" in form.dataset
}

function hasFiles(form: HTMLFormElement): boolean {
  return [...form.querySelectorAll<HTMLInputElement>("input[type=file]")].some((field) => field.files?.length)
}

/** The heading and the sentences of an error page. */
async function wordsOf(response: Response): Promise<(Node | string)[]> {
  const page = new DOMParser().parseFromString(await response.clone().text(), "text/html")
  const said = [...(page.querySelector("main") ?? page.body).querySelectorAll("p:not(.tiny)")]
  const title = page.querySelector("h1")?.textContent?.trim() ?? ""
  const words = said.map((part) => part.textContent?.trim()).filter(Boolean).join(" ")
  if (!title && !words) return [page.body.textContent?.trim() || (troubleWords().unreachable ?? "")]
  return title ? [make("b", {}, title), " ", words] : [words]
}
