// What attributes may say, whoever wrote them: another client may write anything into the shared document.

const PROTOCOLS = new Set(["http:", "https:", "mailto:", "tel:"])
const MOST_CELLS = 20

/** The address where it leads somewhere safe; else nothing. */
export function safeHref(href: unknown): string {
  try {
    const url = new URL(String(href))
    return PROTOCOLS.has(url.protocol) ? url.href : ""
  } catch {
    return ""
  }
}

/** An address as somebody types it: "example.org" means a page, "joe@example.org" a letter. */
export function typedHref(typed: string): string {
  const words = typed.trim()
  if (/^[a-z][a-z\d+.-]*:/i.test(words)) return safeHref(words)
  if (/^[^\s/@]+@[^\s/@]+\.[^\s/@]+$/.test(words)) return safeHref(`mailto:${words}`)
  return /^[^\s/]+\.[^\s/]+/.test(words) ? safeHref(`https://${words}`) : ""
}

/** The id of a file that lies on this table, of an address "booth-file:7"; else null. */
export function fileOf(src: unknown): number | null {
  const found = /^booth-file:(\d{1,15})$/.exec(String(src))
  return found ? Number(found[1]) : null
}

type Attributes = Record<string, unknown>

const CLEANERS: Record<string, (attributes: Attributes) => Attributes> = {
  heading: ({ level }) => ({ level: whole(level, 1, 3, 2) }),
  ordered_list: ({ order }) => ({ order: whole(order, 0, 1_000_000, 1) }),
  task_item: ({ checked }) => ({ checked: checked === true || checked === "true" }),
  image: ({ src, alt, width }) => ({
    src: fileOf(src) === null ? "" : String(src), alt: String(alt ?? "").slice(0, 500), width: width == null ? null : whole(width, 10, 100, 100),
  }),
  table_cell: cell,
  table_header: cell,
  link: ({ href }) => ({ href: safeHref(href) }),
}

/** The attributes of a node or a mark, each as its kind allows. */
export function cleaned(name: string, attributes: Attributes | null | undefined): Attributes | null {
  return CLEANERS[name]?.(attributes ?? {}) ?? null
}

/** Without a limit, one cell could be made to span a million columns, and every page would stop at it. */
function cell({ colspan, rowspan }: Attributes): Attributes {
  return { colspan: whole(colspan, 1, MOST_CELLS, 1), rowspan: whole(rowspan, 1, MOST_CELLS, 1), colwidth: null }
}

function whole(value: unknown, least: number, most: number, otherwise: number): number {
  const number = Math.trunc(Number(value))
  return Number.isFinite(number) && value !== null && value !== "" ? Math.min(most, Math.max(least, number)) : otherwise
}
