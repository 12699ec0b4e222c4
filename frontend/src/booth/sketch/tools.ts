// The tools of the board: what the hand does, what is put there, and how near one looks.
import { button, make } from "../dom"
import type { PATHS } from "../icons"
import type { Say } from "../types"

export type ToolName = "arrow" | "pen" | "eraser"
const HANDS: [ToolName, keyof typeof PATHS][] = [["arrow", "pointer"], ["pen", "write"], ["eraser", "eraser"]]

export interface Acts {
  take(tool: ToolName): void
  write(kind: "text" | "sticky"): void
  picture(): void
  undo(): void
  redo(): void
}

export interface Looks {
  closer(): void
  farther(): void
  all(): void
}

export interface ChosenActs {
  open(): void
  smaller(): void
  larger(): void
  remove(): void
}

/** The bar above the board; `show` marks the tool that is in the hand. */
export class Tools {
  readonly element: HTMLElement
  readonly #hands = new Map<ToolName, HTMLButtonElement>()

  constructor(say: Say, acts: Acts) {
    this.element = make("div", { class: "board-tools", role: "group", "aria-label": say("sketch_tools") })
    for (const [tool, icon] of HANDS) {
      const made = small(say(`sketch_${tool}`), icon, () => acts.take(tool))
      this.#hands.set(tool, made)
      this.element.append(made)
    }
    this.element.append(
      small(say("sketch_text"), "letters", () => acts.write("text")), small(say("sketch_note"), "sticky", () => acts.write("sticky")),
      small(say("sketch_picture"), "image", acts.picture), small(say("sketch_undo"), "undo", acts.undo), small(say("sketch_redo"), "redo", acts.redo),
    )
  }

  show(tool: ToolName): void {
    for (const [each, made] of this.#hands) made.setAttribute("aria-pressed", `${each === tool}`)
  }
}

export function looks(say: Say, acts: Looks): HTMLElement {
  return make("div", { class: "board-looks", role: "group", "aria-label": say("sketch_looks") },
    small(say("sketch_farther"), "minus", acts.farther), small(say("sketch_closer"), "plus", acts.closer), small(say("sketch_all"), "whole", acts.all))
}

/** What can be done with the shape that is chosen. */
export class ChosenTools {
  readonly element: HTMLElement
  readonly #open: HTMLButtonElement
  readonly #sizes: HTMLButtonElement[]

  constructor(private readonly say: Say, acts: ChosenActs) {
    this.#open = small(say("sketch_write"), "write", acts.open)
    this.#sizes = [small(say("sketch_smaller"), "minus", acts.smaller), small(say("sketch_larger"), "plus", acts.larger)]
    this.element = make("div", { class: "board-chosen-acts", role: "group", hidden: "" }, this.#open, ...this.#sizes, small(say("sketch_remove"), "trash", acts.remove))
  }

  /** `name` is that of the shape; null: nothing is chosen. */
  show(name: string | null, kind: string): void {
    this.element.hidden = name === null
    this.element.setAttribute("aria-label", name ?? this.say("sketch_nothing"))
    this.#open.hidden = kind !== "text" && kind !== "sticky"
    for (const each of this.#sizes) each.hidden = kind === "stroke"
  }
}

function small(label: string, icon: keyof typeof PATHS, act: () => void): HTMLButtonElement {
  return button("", act, { class: "button plain", icon, label })
}
