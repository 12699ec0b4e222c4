// What a page's own controls do: the keys press them, and the palette offers by name those in a part marked `data-acts`,
// but for what is marked `data-unlisted`, which cannot be taken back.
import { spoken } from "./keys"

export const APPLE = /mac|iphone|ipad/i.test(navigator.platform)
const CONTROLS = "a[href], button, summary, input[data-shortcut], .menu-form input:not([type=hidden])"
const UNLISTED = ".menu-form button, [data-unlisted]" // the first do nothing before their field is filled in

export interface Act {
  name: string
  keys: string
  control: HTMLElement
  drawing: Element | null
  isGrave: boolean
}

/** The acts whose name has for each of `words` a word that begins so; without words, those that have keys. */
export function actsNamed(words: string): Act[] {
  const wanted = plain(words)
  const fits = ({ control, name, keys }: Act) => {
    const own = plain(`${name} ${control.dataset.also ?? ""}`)
    return wanted.length ? wanted.every((part) => own.some((word) => word.startsWith(part))) : keys !== ""
  }
  return offered().filter(fits)
}

/** Seen, in a closed menu that is seen, or an act without a button on this page; and not disabled. */
export function reachable(element: HTMLElement): boolean {
  if (element.parentElement?.dataset.shortcutsTarget === "acts") return true
  if (element.matches(":disabled, [aria-disabled=true]") || element.closest("[hidden], [inert]")) return false
  return (menuOf(element) ?? element).checkVisibility()
}

/** Press a control, or go into a field. */
export function fire(element: HTMLElement): void {
  if (element.matches("a[data-turbo-frame]:not([data-turbo-frame=_top])")) element.focus({ preventScroll: true }) // goes along into the frame
  if (!element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit])")) return element.click()
  const menu = element.closest<HTMLDetailsElement>("details:not([open])")
  if (menu) menu.open = true
  element.focus()
  element.scrollIntoView({ block: "nearest" })
}

function offered(): Act[] {
  const controls = [...document.querySelectorAll<HTMLElement>("[data-acts]")]
    .flatMap((part) => [...part.querySelectorAll<HTMLElement>(CONTROLS)])
    .filter((control) => !control.matches(UNLISTED) && reachable(control))
  const acts = controls.map((control) => ({
    name: fullName(control),
    keys: shown(control.dataset.shortcut ?? ""),
    control,
    drawing: control.querySelector(".icon") ?? menuOf(control)?.querySelector(".icon") ?? null,
    isGrave: control.matches(".grave"),
  }))
  return acts.filter(({ name }) => name)
}

/** The summary of the closed menu that an element is in; nothing where it stands open to the eye, or is that summary. */
function menuOf(element: HTMLElement): HTMLElement | null {
  const menu = element.closest<HTMLElement>("details:not([open])")
  return menu?.querySelector<HTMLElement>(":scope > summary") ?? null
}

/** What a control is called; in a menu, with the menu's name before it, as “Tomorrow” alone would say little. */
function fullName(control: HTMLElement): string {
  const menu = menuOf(control)
  const own = ownName(control)
  return menu && menu !== control && !control.dataset.shortcut ? `${ownName(menu)}: ${own}` : own
}

function ownName(control: HTMLElement): string {
  const label = control instanceof HTMLInputElement ? control.labels?.[0] : control
  return control.dataset.shortcutLabel || control.getAttribute("aria-label") || (label ? textOf(label) : "")
}

/** Its words, with a blank between those of different parts; what is there for a screen of another width is left out. */
function textOf(element: Element): string {
  const parts = [...element.childNodes].map((node) => {
    if (!(node instanceof Element)) return node.textContent?.trim() ?? ""
    return node.matches(".unseen.narrow-only, .unseen.wide-only, [hidden]") ? "" : textOf(node)
  })
  return parts.filter(Boolean).join(" ").replace(/\s+/g, " ")
}

/** Keys as a reader knows them: "g i" is "G I". */
export function shown(keys: string): string {
  return keys ? spoken(keys, APPLE).map((chord) => chord.join(" ")).join(" ") : ""
}

/** Words without case and marks, so that “spater” finds “Später”. */
function plain(text: string): string[] {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}
