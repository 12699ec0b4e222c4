// Who is at which step of a lesson, and which step is shown here: one's own, or that of whoever shows it.
import type { Id, Lesson, Sitter, Table } from "./given"

/** The step somebody is at, from 0; the number of steps once they are past the last; null where they have not begun. */
export function placeOf(lesson: Lesson, id: Id): number | null {
  return lesson.places.find(({ by }) => by === id)?.part ?? null
}

/** Whose pace the others follow; nobody once they were asked out. */
export function leaderOf(lesson: Lesson, table: Table): Sitter | null {
  return table.participants.find(({ id, removed }) => id === lesson.leader && !removed) ?? null
}

export interface There {
  sitter: Sitter
  part: number
  learned: boolean
}

/** Where each of the others is who has begun. */
export function othersIn(lesson: Lesson, table: Table): There[] {
  const seated = table.participants.filter(({ id, removed }) => id !== table.you.id && !removed)
  return seated.flatMap((sitter) => {
    const place = lesson.places.find(({ by }) => by === sitter.id)
    return place ? [{ sitter, part: within(place.part, lesson), learned: place.learned_at !== null }] : []
  })
}

/** A step that there is, or the end behind the last one. */
export function within(part: number, { parts }: Lesson): number {
  return Math.min(Math.max(part, 0), parts.length)
}

/** Where one reader is in one lesson: following whoever shows it, or looking around by themselves. */
export class Pace {
  #at: number
  #told: number | null
  #apart = false
  #following: Id | null = null

  constructor(lesson: Lesson, you: Id) {
    this.#told = placeOf(lesson, you)
    this.#at = within(this.#told ?? 0, lesson)
  }

  get at(): number {
    return this.#at
  }

  /** Whether this reader looks around while somebody else shows it. */
  get apart(): boolean {
    return this.#apart
  }

  /** Goes to a step of one's own accord. Returns the step to tell the others of, or null where they know. */
  go(part: number, lesson: Lesson): number | null {
    this.#at = within(part, lesson)
    this.#apart = this.#following !== null
    return this.#tell()
  }

  /** Goes back to whoever shows it. */
  rejoin(lesson: Lesson, table: Table): number | null {
    this.#apart = false
    return this.follow(lesson, table)
  }

  /** Takes in where whoever shows it is now. Returns the step to tell the others of, or null where nothing changed. */
  follow(lesson: Lesson, table: Table): number | null {
    const leader = leaderOf(lesson, table)
    const other = leader && leader.id !== table.you.id ? leader.id : null
    if (other !== this.#following) this.#apart = false
    this.#following = other
    this.#at = within(this.#at, lesson)
    if (other === null || this.#apart) return null
    this.#at = within(placeOf(lesson, other) ?? 0, lesson)
    return this.#tell()
  }

  #tell(): number | null {
    if (this.#told === this.#at) return null
    this.#told = this.#at
    return this.#at
  }
}
