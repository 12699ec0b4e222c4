// Pictures to draw on: dropped, pasted or chosen; laid on the table first, then put on the board.
import { make } from "../dom"
import type { Say } from "../types"
import type { Made } from "./sheet"
import type { Sight } from "./sight"

const WITHIN = 0.7 // of what is seen
const UNKNOWN = { width: 320, height: 240 }
const APART = 24

export interface PicturesGiven {
  say: Say
  upload(file: File): Promise<number>
  put(made: Made): void
  /** The part of the board that is seen. */
  sight: Sight
}

export class Pictures {
  readonly element = make("div", { role: "status" })
  /** Which pictures are on their way, or were not taken. */
  readonly #coming = make("ul", { class: "pictures-coming tiny" })
  readonly #picker = make("input", { type: "file", accept: "image/*", multiple: "", hidden: "" })

  constructor(private readonly given: PicturesGiven) {
    this.#picker.addEventListener("change", () => {
      this.bring([...(this.#picker.files ?? [])])
      this.#picker.value = ""
    })
    this.element.append(this.#coming, this.#picker)
  }

  pick(): void {
    this.#picker.click()
  }

  /** Brings those of the files that are pictures; in the middle of what is seen, unless a place is given. */
  bring(files: File[], at?: [number, number]): void {
    files.filter(({ type }) => type.startsWith("image/")).forEach((file, number) => void this.#bring(file, number, at))
  }

  async #bring(file: File, number: number, at = this.given.sight.middle): Promise<void> {
    const { say } = this.given
    const told = make("li", {}, say("picture_coming", { name: file.name }))
    this.#coming.append(told)
    try {
      const [id, size] = await Promise.all([this.given.upload(file), sizeOf(file)])
      this.#put(file, id, size, [at[0] + number * APART, at[1] + number * APART])
      told.remove()
    } catch (why) {
      told.textContent = why instanceof Error && why.message ? why.message : say("picture_failed_here", { name: file.name })
    }
  }

  #put(file: File, id: number, { width, height }: { width: number; height: number }, [x, y]: [number, number]): void {
    const [, , seenWidth, seenHeight] = this.given.sight.box
    const whole = Math.min(1, (WITHIN * seenWidth) / width, (WITHIN * seenHeight) / height)
    const [w, h] = [Math.max(1, Math.round(width * whole)), Math.max(1, Math.round(height * whole))]
    this.given.put({ kind: "picture", x: Math.round(x - w / 2), y: Math.round(y - h / 2), w, h, file: id, alt: file.name.replace(/\.\w+$/, "").slice(0, 200) })
  }
}

/** How large a picture is; one that this browser cannot read has a common size. */
async function sizeOf(file: File): Promise<{ width: number; height: number }> {
  try {
    const picture = await createImageBitmap(file)
    const { width, height } = picture
    picture.close()
    return width && height ? { width, height } : UNKNOWN
  } catch {
    return UNKNOWN
  }
}
