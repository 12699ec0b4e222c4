// Files on the table, from either side.
import { bringFiles } from "../../lib/bring"
import { type Around, nameOf } from "../around"
import { button, icon, Keyed, make, tell, time } from "../dom"
import { isOurs } from "../kept/overlay"
import type { Table, TableFile } from "../types"

export class Files {
  readonly element: HTMLElement
  readonly #list = make("ul", { class: "files-list" })
  readonly #picker = make("input", { type: "file", multiple: "", hidden: "" })
  readonly #add: HTMLButtonElement
  readonly #keyed: Keyed<TableFile, HTMLElement>
  readonly #away = new AbortController()

  constructor(private readonly around: Around) {
    const { say } = around
    this.#add = button(say("file_add"), () => this.#picker.click(), { icon: "plus" })
    this.#picker.addEventListener("change", () => {
      this.#bring(this.#picker.files)
      this.#picker.value = ""
    })
    this.#keyed = new Keyed(this.#list, ({ id }) => String(id), (file) => this.#create(file), (element, file) => this.#update(element, file))
    const head = make("div", { class: "head" }, make("h2", { id: "files-heading" }, say("files")))
    this.element = make("section", { class: "files-pane", "aria-labelledby": "files-heading" }, head, this.#list, this.#add, this.#picker)
    bringFiles(this.element, (files) => this.#bring(files), this.#away.signal)
    around.rows.watch((table) => this.#show(table))
  }

  destroy(): void {
    this.#away.abort()
  }

  #bring(files: FileList | null): void {
    if (!this.around.mayEdit) return
    for (const file of files ?? []) this.around.act(["files"], { in_page: false }, { file })
  }

  #show({ files }: Table): void {
    this.#keyed.show(files.filter(({ in_page }) => !in_page))
    this.#list.hidden = !this.#list.firstChild
    this.#add.hidden = !this.around.mayEdit
  }

  #create(file: TableFile): HTMLElement {
    const { say } = this.around
    const picture = file.preview ? make("img", { src: file.preview, alt: "", loading: "lazy", width: "40", height: "40" }) : icon("file")
    const name = file.url ? make("a", { href: file.url, download: file.name }, file.name) : make("span", {}, file.name)
    const remove = button("", () => this.around.act(["files", file.id, "remove"]), { icon: "close", class: "button plain", label: say("file_remove", { name: file.name }) })
    return make("li", { class: "file" }, picture, make("span", { class: "file-name" }, name, make("span", { class: "tiny" })), remove)
  }

  #update(element: HTMLElement, file: TableFile): void {
    const { say, times, mayEdit } = this.around
    const about = element.querySelector(".tiny")!
    const size = sizeOf(file.size, this.around.lang)
    if (isOurs(file.id)) tell(about, say("file_waits", { size }))
    else about.replaceChildren(`${size}, ${nameOf(this.around, file.by)}, `, time(file.at, times.since(file.at), times.full(file.at)))
    element.querySelector("button")!.hidden = !mayEdit || isOurs(file.id)
  }
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"]

/** A size as one reads it: "312 kB". */
export function sizeOf(bytes: number, lang: string): string {
  const step = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return new Intl.NumberFormat(lang, { style: "unit", unit: UNITS[step], unitDisplay: "short", maximumFractionDigits: value < 10 && step ? 1 : 0 }).format(value)
}
