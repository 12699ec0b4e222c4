// Who is here: what the line says of those who have the page open, by those who sit in the booth.
import type { Id, Participant, Present, Side } from "../types"

export interface Sitting {
  id: Id
  name: string
  side: Side
  you: boolean
}

/** Everyone who has the page open, each once, their side first and ours after it. */
export function sitting(states: Iterable<Present>, participants: Participant[], you: Id): Sitting[] {
  const known = new Map(participants.map((one) => [one.id, one]))
  const found = new Map<Id, Sitting>()
  for (const { user } of states) {
    const who = user && (known.get(user.id) ?? user)
    if (who && !(known.get(who.id)?.removed ?? false)) found.set(who.id, { id: who.id, name: who.name, side: who.side, you: who.id === you })
  }
  return [...found.values()].sort((a, b) => Number(a.side === "ours") - Number(b.side === "ours"))
}

/** Who came and who went between two moments; ourselves never. */
export function changesIn(before: Sitting[], now: Sitting[]): { came: Sitting[]; went: Sitting[] } {
  const has = (list: Sitting[], id: Id) => list.some((one) => one.id === id)
  return {
    came: now.filter(({ id, you }) => !you && !has(before, id)),
    went: before.filter(({ id, you }) => !you && !has(now, id)),
  }
}
