// Bringing a fragment's answer into the page without taking away what the reader is at.
import { morphChildren, morphElements } from "@hotwired/turbo"

import { keepPlace } from "./place"

/** Morphs `element` towards `body`: its own new self where `body` holds one, else `body`'s children. */
export function morphInto(element: HTMLElement, body: HTMLElement): void {
  const self = element.id ? body.querySelector(`#${CSS.escape(element.id)}`) : null
  const callbacks = { beforeNodeMorphed: mayMorph }
  setApart(element, body)
  keepPlace(element, () => (self ? morphElements(element, self, { callbacks }) : morphChildren(element, body, { callbacks })))
}

/** A form that is under way stays itself or goes: turned into another one, its button would swallow what is pressed next. */
function setApart(element: Element, body: Element): void {
  const next = [...body.querySelectorAll("form")]
  for (const form of element.querySelectorAll("form[aria-busy=true]")) {
    form.id ||= `under-way-${++underWay}`
    const same = next.find((each) => !each.id && each.getAttribute("action") === form.getAttribute("action"))
    if (same) same.id = form.id
  }
}

let underWay = 0

/** The server writes no style: what stands there a controller put, such as the place of a menu that is open. */
document.addEventListener("turbo:before-morph-attribute", (event) => {
  if ((event as CustomEvent<{ attributeName: string }>).detail.attributeName === "style") event.preventDefault()
})

function mayMorph(current: Element, next: Element | undefined): boolean {
  if (current.hasAttribute("data-keep") && current.id) return false
  if (isField(current) && (current === document.activeElement || isTouched(current))) return false
  if (next && current instanceof HTMLDetailsElement) next.toggleAttribute("open", current.open)
  return true
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

function isField(element: Element): element is Field {
  return element.matches("input:not([type=hidden], [type=submit], [type=button]), textarea, select")
}

/** Whether the reader has changed a field since the server wrote it. */
export function isTouched(field: Field): boolean {
  if (field instanceof HTMLSelectElement) return [...field.options].some((o) => o.selected !== o.defaultSelected)
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
    return field.checked !== field.defaultChecked
  }
  return field.value !== field.defaultValue
}
