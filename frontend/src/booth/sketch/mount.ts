// The board. Nothing is drawn here yet.
import type { MountSketch } from "../types"

export const mountSketch: MountSketch = (element) => {
  element.hidden = true
  return { destroy: () => (element.hidden = false) }
}
