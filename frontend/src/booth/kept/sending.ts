// Asking the booth's addresses: its table, its verbs, its files.
import { ours, Refused } from "../../lib/request"
import type { Id, Table } from "../types"
import type { Outcome } from "./queue"
import type { Verb } from "./shelf"

const PATIENCE = 20_000
const FILES_PATIENCE = 600_000
/** Answers that say "not now" to everything: too much at once, or the house is being started. */
const NOT_NOW = new Set([408, 425, 429, 502, 503, 504])

/** This page may not read the table any more: signed out, asked out, or the booth is not there. */
export class NoSeat extends Error {}

export class Desk {
  constructor(readonly base: string) {}

  /** All of the table, or one part. Raises NoSeat when we may not read it, something else when nobody answers. */
  async table(part: string | null): Promise<Partial<Table>> {
    return tableOf(this.asked(`table${part ? `?part=${encodeURIComponent(part)}` : ""}`))
  }

  asked(path: string): Promise<Response> {
    const headers = { Accept: "application/json", "X-Fragment": "json" }
    return fetch(`${this.base}/${path}`, { credentials: "same-origin", headers, signal: AbortSignal.timeout(PATIENCE) })
  }

  /** Raises Refused, and whatever `fetch` raises when nobody answers. */
  async get<Answer>(path: string): Promise<Answer> {
    return (await good(this.asked(path))).json() as Promise<Answer>
  }

  async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await good(this.asked(path))).arrayBuffer())
  }

  /** Sends a verb once. */
  async post(verb: Verb): Promise<Outcome> {
    try {
      const response = await fetch(this.#address(verb.path), {
        method: "POST", credentials: "same-origin", body: bodyOf(verb), headers: headersOf(verb),
        signal: AbortSignal.timeout(verb.file ? FILES_PATIENCE : PATIENCE), redirect: "manual",
      })
      return outcomeOf(response.status, await answerOf(response))
    } catch {
      return "away"
    }
  }

  fileUrl(id: Id): string {
    return `${this.base}/files/${encodeURIComponent(String(id))}`
  }

  #address(path: Id[]): string {
    return [this.base, ...path.map((part) => encodeURIComponent(String(part)))].join("/")
  }
}

/** What an answer means. A page instead of JSON (signed out, an old token) is no answer to what was asked. */
export function outcomeOf(status: number, answer: Record<string, unknown> | null): Outcome {
  if (status >= 200 && status < 300) return { taken: { id: answer?.id as Id | undefined } }
  if (NOT_NOW.has(status)) return "away"
  if (!answer || status >= 500 || status < 400) return "stuck"
  return { refused: status, words: String(answer.detail ?? answer.title ?? "") }
}

/** The table that was asked for. Signed out leads to another page; asked out, or a booth that is gone, is none. */
export async function tableOf(asked: Promise<Response>): Promise<Table> {
  const response = await asked
  if (response.redirected || [401, 403, 404].includes(response.status)) throw new NoSeat()
  return (await good(Promise.resolve(response))).json() as Promise<Table>
}

async function good(asked: Promise<Response>): Promise<Response> {
  const response = await asked
  if (!response.ok) throw new Refused(response.status, {})
  return response
}

function headersOf({ file }: Verb): Record<string, string> {
  return { ...ours(), "X-Fragment": "json", Accept: "application/json", ...(file ? {} : { "Content-Type": "application/json" }) }
}

function bodyOf({ once, body, file }: Verb): string | FormData {
  if (!file) return JSON.stringify({ once, ...body })
  const form = new FormData()
  form.append("once", once)
  for (const [name, value] of Object.entries(body)) form.append(name, String(value))
  form.append("file", file, file.name)
  return form
}

async function answerOf(response: Response): Promise<Record<string, unknown> | null> {
  try {
    return (await response.json()) as Record<string, unknown>
  } catch {
    return null
  }
}
