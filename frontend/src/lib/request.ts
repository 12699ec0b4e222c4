// Asking the server for fragments and JSON, with the headers that our views expect.

/** A request that was answered by another page than the one asked for: signed out, most likely. */
export class Elsewhere extends Error {}

/** An answer that says no; `status` and the parsed body, where it is JSON. */
export class Refused extends Error {
  constructor(readonly status: number, readonly body: Record<string, unknown>) {
    super(`answered ${status}`)
  }
}

/** The token that stands in the cookie now: another one since somebody signed in in another tab. */
export function newestToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? ""
}

export function csrf(): string {
  return newestToken() || (document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "")
}

/** Whose page this is: what it sends is refused once somebody else has signed in. */
export function reader(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="reader"]')?.content ?? ""
}

/** What goes with everything that changes something. */
export function ours(): Record<string, string> {
  return { "X-CSRFToken": csrf(), "X-Reader": reader() }
}

export async function ask(url: string, fragment: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set("X-Fragment", fragment)
  if (init.method && init.method !== "GET") for (const [name, value] of Object.entries(ours())) headers.set(name, value)
  const response = await fetch(url, { credentials: "same-origin", ...init, headers })
  if (response.redirected && (init.method ?? "GET") === "GET") throw new Elsewhere(response.url)
  if (!response.ok) throw new Refused(response.status, await bodyOf(response))
  return response
}

/** Fetches HTML and returns its body: of a whole page, or of a fragment. */
export async function askFragment(url: string, fragment: string, signal?: AbortSignal): Promise<HTMLElement> {
  const response = await ask(url, fragment, { headers: { Accept: "text/html" }, signal })
  return new DOMParser().parseFromString(await response.text(), "text/html").body
}

export async function askJSON<Answer>(url: string, init: RequestInit = {}): Promise<Answer> {
  const headers = new Headers(init.headers)
  headers.set("Accept", "application/json")
  if (typeof init.body === "string") headers.set("Content-Type", "application/json")
  const response = await ask(url, "json", { ...init, headers })
  return (await bodyOf(response)) as Answer
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  try {
    return (await response.json()) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** Puts `q` on an address that may have a query already. */
export function withQuery(url: string, q: string): string {
  const target = new URL(url, location.href)
  target.searchParams.set("q", q)
  return target.pathname + target.search
}
