// What comes from the clipboard: its meaning is kept, its looks and its habits are not. Looks that mean something (bold
// by style, as word processors write it) become marks; the policy of the page would not let them be read otherwise.

const GONE = "script, style, link, meta, iframe, object, embed, template, noscript, svg, math, title"
const KEPT = new Set(["href", "alt", "colspan", "rowspan", "start", "data-file", "data-width", "data-level", "data-checked", "data-tasks", "data-pm-slice"])
const MEANINGS: [RegExp, string][] = [
  [/font-weight:\s*(bold|[6-9]00)/i, "strong"],
  [/font-style:\s*italic/i, "em"],
  [/text-decoration[^;]*:\s*[^;]*underline/i, "u"],
  [/text-decoration[^;]*:\s*[^;]*line-through/i, "s"],
]

export function pasted(html: string): string {
  const { body } = new DOMParser().parseFromString(disarmed(html), "text/html")
  for (const element of body.querySelectorAll(GONE)) element.remove()
  for (const element of body.querySelectorAll<HTMLElement>("*")) {
    const style = element.getAttribute("data-looks") ?? ""
    for (const { name } of [...element.attributes]) if (!KEPT.has(name)) element.removeAttribute(name)
    if (style) mean(element, style)
  }
  return body.innerHTML
}

/** Styles and handlers under other names: the browser would refuse them, and complain, while it only reads. */
export function disarmed(html: string): string {
  return html.replace(/<(\/?)style\b/gi, "<$1template").replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])style\s*=/gi, "$1data-looks=").replace(/([\s"'/])on\w+\s*=/gi, "$1data-gone="))
}

function mean(element: HTMLElement, style: string): void {
  if (/^(b|strong)$/i.test(element.tagName) && /font-weight:\s*(normal|400)/i.test(style)) return element.replaceWith(...element.childNodes)
  for (const [looks, tag] of MEANINGS) {
    if (!looks.test(style) || /^(h[1-6]|th)$/i.test(element.tagName)) continue
    const mark = element.ownerDocument.createElement(tag)
    mark.append(...element.childNodes)
    element.append(mark)
  }
}
