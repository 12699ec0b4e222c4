// One step of a lesson as it is drawn; alongside/knowledge/templates/knowledge/shown.html draws the same.
import { drawn, make } from "../../lib/drawings"
import type { Lesson, Part, Say } from "./given"

export const PATHS = {
  back: "M12 4.5 6.5 10l5.5 5.5",
  done: "M4 10.5 8 14.5 16 5.5",
  next: "M8 4.5 13.5 10 8 15.5",
  plus: "M10 4v12M4 10h12",
}

export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const svg = drawn(PATHS[name])
  if (name === "back" || name === "next") svg.dataset.turns = ""
  return svg
}

export function press(act: () => void, ...shown: (Node | string)[]): HTMLButtonElement {
  const button = make("button", { type: "button", class: "button" }, ...shown)
  button.addEventListener("click", act)
  return button
}

/** Draws the step `at` (from 0), or the end behind the last one. Its heading takes the focus when one asks for it. */
export function drawStep(lesson: Lesson, at: number, say: Say): HTMLElement {
  const part = lesson.parts[at]
  return part ? drawPart(part, at, lesson, say) : drawEnd(say)
}

function drawPart(part: Part, at: number, { parts }: Lesson, say: Say): HTMLElement {
  const said = make("div", { class: "lesson-said" }, make("p", { class: "tiny" }, countOf(at, parts.length, say)), heading(part.title))
  if (part.amounts.length) said.append(make("ul", { class: "lesson-amounts" }, ...part.amounts.map(([amount, thing]) => make("li", {}, make("b", {}, amount), ` ${thing}`))))
  if (part.words) said.append(make("p", { class: "voice lesson-words" }, part.words))
  const step = make("article", { class: "lesson-step" })
  if (part.picture) step.append(make("img", { class: "lesson-picture", src: part.picture, alt: say("lesson_picture", { title: part.title }) }))
  step.append(said)
  return step
}

function drawEnd(say: Say): HTMLElement {
  const said = make("div", { class: "lesson-said" }, icon("done"), heading(say("lesson_all")), make("p", {}, say("lesson_kept")))
  return make("article", { class: "lesson-step", "data-done": "" }, said)
}

function heading(words: string): HTMLElement {
  return make("h4", { tabindex: "-1" }, words)
}

export function countOf(at: number, all: number, say: Say): string {
  return say("lesson_step", { number: String(at + 1), all: String(all) })
}
