// Whether what one does is kept, and where: said truthfully, and not before it matters.

export interface Facts {
  /** The line stands. */
  here: boolean
  /** For how long the line is down, or something is not proved to be kept, in milliseconds. */
  awayFor: number
  unprovenFor: number
  /** This browser keeps what is typed, and what is done. */
  device: boolean
  mayEdit: boolean
  ended: boolean
}

export interface Status {
  key: "kept" | "keeping" | "away_kept" | "away_here" | "away_nowhere" | "looking" | "ended"
  /** It needs to be seen. */
  grave: boolean
}

const NOTICED = 3_000

export function statusOf({ here, awayFor, unprovenFor, device, mayEdit, ended }: Facts): Status {
  if (!here && awayFor >= NOTICED) {
    if (!device) return { key: "away_nowhere", grave: true }
    return { key: unprovenFor > 0 ? "away_here" : "away_kept", grave: true }
  }
  if (ended) return { key: "ended", grave: false }
  if (!mayEdit) return { key: "looking", grave: false }
  return { key: unprovenFor >= NOTICED ? "keeping" : "kept", grave: false }
}

/** Remembers since when something is not as it should be. */
export class Since {
  #at: number | null = null

  /** Milliseconds for which `so` has been true. */
  of(so: boolean, now = Date.now()): number {
    if (!so) this.#at = null
    else this.#at ??= now
    return this.#at === null ? 0 : Math.max(1, now - this.#at)
  }
}
