// Times in the reader's own zone and language, as short as they can be.

const DAY = 24 * 3600_000

/** The language that dates are written in: English with the day first, as everywhere in the house. */
function dateLanguage(lang: string): string {
  return lang === "en" ? "en-GB" : lang
}

export class Times {
  readonly #lang: string

  constructor(lang: string, private readonly zone?: string, private readonly now: () => number = Date.now) {
    this.#lang = dateLanguage(lang)
  }

  /** When something happened: "8:19" today, "Monday" this week, else "14 February". */
  since(at: string): string {
    const time = new Date(at)
    return this.#near(time) ? this.#day(time) || this.#clock(time) : this.#date(time)
  }

  /** When something is due: "Friday 7:45", "Friday", "14 February"; the clock alone today. */
  due(at: string, wholeDay: boolean): string {
    const time = new Date(at)
    const day = this.#near(time) ? this.#day(time) : this.#date(time)
    if (wholeDay) return day || this.#relative(0)
    return [day, this.#clock(time)].filter(Boolean).join(" ")
  }

  /** Day and clock in full, to be read on asking. */
  full(at: string): string {
    return this.#format({ dateStyle: "full", timeStyle: "short" }).format(new Date(at))
  }

  /** The values of a date field and a time field for this moment. */
  fields(at: string): { date: string; time: string } {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: this.zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(new Date(at))
    const part = (name: string) => parts.find(({ type }) => type === name)?.value ?? ""
    return { date: `${part("year")}-${part("month")}-${part("day")}`, time: `${part("hour")}:${part("minute")}` }
  }

  #near(time: Date): boolean {
    return Math.abs(this.#daysFromNow(time)) < 7
  }

  #daysFromNow(time: Date): number {
    const day = (at: Date) => Date.parse(this.fields(at.toISOString()).date)
    return Math.round((day(time) - day(new Date(this.now()))) / DAY)
  }

  #day(time: Date): string {
    const days = this.#daysFromNow(time)
    if (days === 0) return ""
    return Math.abs(days) === 1 ? this.#relative(days) : this.#format({ weekday: "long" }).format(time)
  }

  #relative(days: number): string {
    return new Intl.RelativeTimeFormat(this.#lang, { numeric: "auto" }).format(days, "day")
  }

  #date(time: Date): string {
    const sameYear = this.fields(time.toISOString()).date.slice(0, 4) === this.fields(new Date(this.now()).toISOString()).date.slice(0, 4)
    return this.#format({ day: "numeric", month: "long", year: sameYear ? undefined : "numeric" }).format(time)
  }

  #clock(time: Date): string {
    return this.#format({ hour: "numeric", minute: "2-digit" }).format(time)
  }

  #format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.#lang, { timeZone: this.zone, ...options })
  }
}

/** The moment that a date field and a time field name, in this browser's zone. Without a time it is the end of the day. */
export function moment(date: string, time: string): string | null {
  const at = new Date(`${date}T${time || "23:59:59"}`)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
