// How a letter goes: reply, reply to all, forward, note; and which parts of the form belong to which.
// A note has a form of its own beside the letter's, so that no word of it ever lies in one that can be sent.

export class Kinds {
  constructor(
    private readonly form: HTMLFormElement,
    private readonly inputs: () => HTMLInputElement[],
    private readonly parts: () => HTMLElement[],
    private readonly can: string, // the kinds that this form can become; "" for any
  ) {}

  does(kind: string): boolean {
    return !this.can || this.can.split(" ").includes(kind)
  }

  get now(): string {
    const inputs = this.inputs()
    return (inputs.find((input) => input.type === "hidden" || input.checked) ?? inputs[0])?.value ?? "reply"
  }

  become(kind: string): void {
    for (const input of this.inputs()) {
      if (input.type === "hidden") input.value = kind
      else input.checked = input.value === kind
    }
    this.show()
  }

  show(): void {
    const kind = this.now
    this.form.dataset.kind = kind
    for (const tab of this.form.querySelectorAll<HTMLElement>(".kinds [data-composer-kind]")) {
      if (tab.dataset.composerKind === kind) tab.setAttribute("aria-current", "true")
      else tab.removeAttribute("aria-current")
    }
    for (const part of this.parts()) part.hidden = !(part.dataset.kinds ?? "").split(" ").includes(kind)
  }
}

/** Lays the form whose words were kept last (at `at`, ms) on top, unless the page was asked for another one. */
export function layOnTop(form: HTMLFormElement, at: number): void {
  form.dataset.keptAt = String(at)
  const page = form.closest<HTMLElement & { src?: string }>("turbo-frame")?.src ?? location.href
  if (new URL(page, location.href).searchParams.has("write")) return
  const forms = [...(form.parentElement?.querySelectorAll<HTMLFormElement>("form.composer") ?? [])]
  const last = Math.max(...forms.map((each) => Number(each.dataset.keptAt ?? 0)))
  if (last === at) for (const each of forms) each.hidden = each !== form
}

/** Marks on the tabs of every composer what waits in another one: "Reply · draft". */
export function markUnsent(): void {
  const forms = [...document.querySelectorAll<HTMLFormElement>("form.composer")]
  for (const form of forms) {
    for (const tab of form.querySelectorAll<HTMLElement>(".kinds [data-composer-kind]")) {
      const other = forms.find((each) => each !== form && each.dataset.kind === tab.dataset.composerKind)
      const mark = tab.querySelector<HTMLElement>(".unsent")
      if (mark) mark.hidden = !(other && hasWords(other))
    }
  }
}

function hasWords(form: HTMLFormElement): boolean {
  return Boolean(form.querySelector<HTMLTextAreaElement>("textarea[name=body]")?.value.trim() || form.querySelector("input[name=files]"))
}
