// What on a page can be operated: finding it, telling it apart from others, and putting the focus on it.

const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]"

export function controlsOf(region: Element): HTMLElement[] {
  return [...region.querySelectorAll<HTMLElement>(CONTROLS)]
}

/** Seen, not in a closed part, and not switched off. */
export function usable(control: HTMLElement): boolean {
  return !control.matches(":disabled, [inert] *") && control.checkVisibility({ visibilityProperty: true })
}

/** What makes a control the same one after it was drawn anew: its id; else what it does, and what it is called. */
export function nameOf(control: HTMLElement): string {
  if (control.id) return `#${control.id}`
  const given = ["type", "name", "href", "aria-label"].map((name) => control.getAttribute(name))
  const words = control.matches("button, summary") && !control.ariaLabel ? control.textContent?.trim() : ""
  return [control.tagName, ...given, valueOf(control), control.closest("form")?.getAttribute("action"), words].join("\n")
}

/** A button's or a tick's value is its own; that of other fields is the reader's. */
function valueOf(control: HTMLElement): string | null {
  return control.matches("button, [type=checkbox], [type=radio], [type=submit]") ? control.getAttribute("value") : null
}

/** Controls of one kind do the same for different things. */
export function kindOf(control: HTMLElement): string {
  return `${control.tagName} ${control.className}`
}

/** Where one begins in a part: its heading, else its first control; else the heading of the nearest part around it. */
export function startOf(region: Element): HTMLElement {
  const first = headingIn(region) ?? controlsOf(region).find(usable)
  if (first) return first
  for (let part = region.parentElement; part; part = part.parentElement) {
    const heading = headingIn(part)
    if (heading) return heading
  }
  return region as HTMLElement
}

function headingIn(part: Element): HTMLElement | undefined {
  return [...part.querySelectorAll<HTMLElement>("h1, h2, h3")].find(usable)
}

/** Puts the focus on `element`, even where Tab would not take it. */
export function rest(element: HTMLElement): void {
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) {
    element.tabIndex = -1
    element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true })
  }
  element.focus({ preventScroll: true })
}
