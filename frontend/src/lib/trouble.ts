// What went wrong with what one sent, told in words: beside what one wrote, else on a line over the page.
import type { State } from "./draft"
import { drawing, make } from "./drawings"

export type Trouble = "signed-out" | "too-large" | "answer"

interface Words {
  signedOut: string
  signIn: string
  signInAt: string
  tooLarge: string
  unreachable: string
  close: string
}

const WRITTEN = "textarea, input:not([type]), input[type=text], input[type=email], input[type=search], input[type=tel], input[type=url]"

export function troubleWords(): Partial<Words> {
  const told = document.querySelector<HTMLMetaElement>('meta[name="trouble"]')?.content
  return told ? (JSON.parse(told) as Words) : {}
}

/** Whether somebody wrote something in this form. */
export function hasWords(form: HTMLFormElement): boolean {
  return [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(WRITTEN)].some((field) => field.value.trim())
}

/** Nothing was taken; `form` (if it was one) stands as it was. `at`: where one signs in, in another tab. */
export function tellSignedOut(form: HTMLFormElement | null, at = "", anew = true): void {
  const { signedOut = "", signIn = "", signInAt = "/" } = troubleWords()
  const words = form?.dataset.signedOut ?? signedOut
  tell(form, "signed-out", anew, words, " ", make("a", { href: at || signInAt, target: "_blank", rel: "noopener" }, signIn))
}

export function tellTooLarge(form: HTMLFormElement, anew = true): void {
  tell(form, "too-large", anew, troubleWords().tooLarge ?? "")
}

/** Words that an answer brought, or that stand for one that never came. */
export function tellAnswer(form: HTMLFormElement | null, ...words: (Node | string)[]): void {
  tell(form, "answer", true, ...words)
}

export function untell(form: HTMLFormElement, ...which: Trouble[]): void {
  for (const notice of noticesIn(form)) if (!which.length || which.includes(notice.dataset.trouble as Trouble)) notice.remove()
}

/** What keeping a draft came to, told where one writes; says whether something stands there that is still so. */
export function tellState(form: HTMLFormElement, state: State): boolean {
  if (state === "signed-out") tellSignedOut(form, "", false)
  else if (state === "too-large") tellTooLarge(form, false)
  else if (state === "waiting") untell(form, "too-large")
  else if (state === "idle" || state === "conflict") untell(form, "signed-out", "too-large")
  return noticesIn(form).some(({ dataset }) => dataset.trouble === "signed-out")
}

function noticesIn(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>("[data-trouble]")]
}

/** Without `anew`, words that stand there already are not said again. */
function tell(form: HTMLFormElement | null, trouble: Trouble, anew: boolean, ...words: (Node | string)[]): void {
  const beside = form && form.isConnected && hasWords(form) ? form : null
  const standing = beside ? noticesIn(beside) : [...document.querySelectorAll<HTMLElement>("#toasts [data-trouble]")]
  if (!anew && standing.some(({ dataset }) => dataset.trouble === trouble)) return
  for (const notice of standing) notice.remove()
  if (beside) besideWords(beside, trouble, words)
  else overPage(trouble, words)
}

/** Over the row that holds the button by which it is sent. */
function besideWords(form: HTMLFormElement, trouble: Trouble, words: (Node | string)[]): void {
  const notice = make("div", { class: "notice small", "data-kind": "broken", "data-trouble": trouble, role: "alert" }, drawing("warning"), make("p", {}, ...words))
  const button = form.querySelector(".button.main, button:not([type=button])")
  let row = button
  while (row?.parentElement && row.parentElement !== form) row = row.parentElement
  if (row) row.before(notice)
  else form.append(notice)
  notice.scrollIntoView({ block: "nearest" })
}

function overPage(trouble: Trouble, words: (Node | string)[]): void {
  const close = make("button", { type: "button", class: "button plain", "data-action": "dismiss#now", "aria-label": troubleWords().close ?? "" }, drawing("close", true))
  const toast = make("div", { class: "toast", role: "alert", "data-kind": "error", "data-trouble": trouble, "data-controller": "dismiss" }, drawing("warning"), make("p", {}, ...words), close)
  const place = document.getElementById("toasts") ?? document.querySelector("main") ?? document.body
  place.prepend(toast)
}
