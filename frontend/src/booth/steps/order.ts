// Where a step goes when it is dragged or moved by keys.
import type { Id } from "../types"

export interface Box {
  top: number
  height: number
}

/** The place (counted among all rows) that a row dragged from `from` has, once its middle is at `middle`. */
export function placeAt(middle: number, boxes: Box[], from: number): number {
  let place = from
  while (place < boxes.length - 1 && middle > centre(boxes[place + 1]!)) place++
  while (place > 0 && middle < centre(boxes[place - 1]!)) place--
  return place
}

function centre({ top, height }: Box): number {
  return top + height / 2
}

/** How far each row gives way while the one at `from` hovers over `to`. */
export function makesWay(at: number, from: number, to: number, height: number): number {
  if (at > from && at <= to) return -height
  return at < from && at >= to ? height : 0
}

/** Behind which row one has to be put so that it stands at `to`; null: before all. */
export function behind(ids: Id[], from: number, to: number): Id | null {
  const others = ids.filter((_, at) => at !== from)
  return to <= 0 ? null : (others[Math.min(to, others.length) - 1] ?? null)
}
