// Whose step it is, as a seat and in a word, with the names of those who sit on that side.
import { type Around, namesOn } from "../around"
import { make, seat, taps } from "../dom"
import type { Whose } from "../types"

const WHOSE: Whose[] = ["ours", "yours", "together"]

export function whoseMark(around: Around, whose: Whose): (Node | string)[] {
  return [seat(whose), around.say(`whose_${whose}`)]
}

let groups = 0

export function whoseTaps(around: Around, value: Whose, chosen: (whose: Whose) => void): HTMLFieldSetElement {
  const options = WHOSE.map((whose): [string, ...(Node | string)[]] => {
    const names = whose === "together" ? "" : namesOn(around, whose)
    return [whose, ...whoseMark(around, whose), ...(names ? [make("span", { class: "quiet small" }, names)] : [])]
  })
  return taps(`whose-${++groups}`, around.say("whose"), options, value, (whose) => chosen(whose as Whose))
}
