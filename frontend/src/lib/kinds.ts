// How a letter goes: reply, reply to all, forward, note; and which parts of the form belong to which.

export class Kinds {
  constructor(
    private readonly form: HTMLFormElement,
    private readonly inputs: () => HTMLInputElement[],
    private readonly parts: () => HTMLElement[],
  ) {}

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
    for (const part of this.parts()) part.hidden = !(part.dataset.kinds ?? "").split(" ").includes(kind)
  }
}
