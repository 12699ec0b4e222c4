// Lessons on the table. Nothing is shown here yet.
import type { MountLessons } from "./types"

export const mountLessons: MountLessons = (element) => {
  element.hidden = true
  return { destroy: () => undefined }
}
