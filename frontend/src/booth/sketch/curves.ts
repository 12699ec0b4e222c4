// Strokes as lines: smooth, and as broad as the pen was pressed.

export interface Run {
  d: string
  width: number
}

const EVEN = 12 // pressures that differ by no more are drawn as one line

/** A line through the middles between the points, each point a handle: as smooth as it was drawn. */
export function curve(points: number[], from = 0, to = Math.floor(points.length / 3)): string {
  const at = (place: number): [number, number] => [points[place * 3] ?? 0, points[place * 3 + 1] ?? 0]
  const [x, y] = at(from)
  if (to - from < 2) return `M${x} ${y}l.1 0`
  const middle = (place: number): string => {
    const [ax, ay] = at(place)
    const [bx, by] = at(place + 1)
    return `${(ax + bx) / 2} ${(ay + by) / 2}`
  }
  // A run in the middle of a stroke begins where the one before it ended.
  let path = from === 0 ? `M${x} ${y}L${middle(0)}` : `M${middle(from)}`
  for (let place = from + 1; place < to - 1; place++) path += `Q${at(place).join(" ")} ${middle(place)}`
  return to * 3 >= points.length - 2 ? `${path}L${at(to - 1).join(" ")}` : path
}

/** A stroke as lines of one breadth each: one for a mouse or a finger, several for a pen that was pressed. */
export function runs(points: number[], width: number): Run[] {
  const count = Math.floor(points.length / 3)
  const found: Run[] = []
  let from = 0
  while (from < count) {
    const to = sameBreadth(points, from, count)
    found.push({ d: curve(points, from, to), width: broad(width, mean(points, from, to)) })
    if (to >= count) break
    from = to - 2
  }
  return found
}

/** The end of the points from `from` on that are pressed alike; a run has three at least, so that it has a middle. */
function sameBreadth(points: number[], from: number, count: number): number {
  let [least, most] = [points[from * 3 + 2]!, points[from * 3 + 2]!]
  for (let place = from + 1; place < count; place++) {
    const pressed = points[place * 3 + 2]!
    least = Math.min(least, pressed)
    most = Math.max(most, pressed)
    if (most - least > EVEN && place - from >= 3) return place
  }
  return count
}

function mean(points: number[], from: number, to: number): number {
  let sum = 0
  for (let place = from; place < to; place++) sum += Math.max(0, Math.min(100, points[place * 3 + 2]!))
  return sum / (to - from)
}

function broad(width: number, pressed: number): number {
  return Math.round(width * (0.5 + pressed / 100) * 10) / 10
}
