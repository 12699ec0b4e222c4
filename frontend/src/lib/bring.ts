// Files that are pasted or dropped onto a form.

type Add = (files: FileList, pasted: boolean) => void

export function bringFiles(form: HTMLElement, add: Add, signal: AbortSignal): void {
  form.addEventListener("paste", (event) => pasted(event, add), { signal })
  form.addEventListener("dragleave", () => delete form.dataset.over, { signal })
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    form.dataset.over = ""
  }, { signal })
  form.addEventListener("drop", (event) => {
    delete form.dataset.over
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    add(event.dataTransfer.files, false)
  }, { signal })
}

/** A picture that comes with words (from a word processor, say) is left aside: the words were meant. */
function pasted(event: ClipboardEvent, add: Add): void {
  const files = event.clipboardData?.files
  if (!files?.length || event.clipboardData?.getData("text/plain")) return
  event.preventDefault()
  add(files, true)
}
