// The table as it will be once the server has taken what we did: each verb laid over the rows.
import type { Answer, Id, Step, Table, Whose } from "../types"
import { OURS } from "./queue"
import type { Verb } from "./shelf"

type Lay = (table: Table, verb: Verb, id: Id) => Table

/** Whether a row has not arrived at the server yet. */
export function isOurs(id: Id): boolean {
  return String(id).startsWith(OURS)
}

/** Which part of the table a verb changes, as the server names parts. */
export function partOf(verb: Verb): string {
  return PARTS[String(verb.path[0])] ?? "booth"
}

const PARTS: Record<string, string> = {
  steps: "steps", lines: "lines", files: "files", goal: "goal", ending: "endings", lessons: "lessons", links: "links",
  name: "present", participants: "present",
}

/** `table` with `verbs` laid over it, in their order. Rows named in `names` bear the server's id. */
export function laid(table: Table, verbs: Verb[], names: Map<string, Id>): Table {
  const idOf = (id: Id) => names.get(String(id)) ?? id
  return verbs.reduce((now, verb) => {
    const { after } = verb.body
    const body = after === undefined || after === null ? verb.body : { ...verb.body, after: idOf(after as Id) }
    const id = idOf(verb.path[1] ?? OURS + verb.once)
    return LAYS[shape(verb)]?.(now, { ...verb, body }, id) ?? now
  }, table)
}

/** The path of a verb without the id in it: "steps", "steps/id", "files/id/remove", "goal/agree". */
function shape({ path }: Verb): string {
  return path.map((part, at) => (at === 1 && path[0] !== "goal" ? "id" : part)).join("/")
}

const LAYS: Record<string, Lay> = {
  steps: addStep,
  "steps/id": changeStep,
  lines: (table, { at, body }, id) => ({ ...table, lines: grown(table.lines, { id, by: table.you.id, at: iso(at), words: String(body.words) }) }),
  files: addFile,
  "files/id/remove": (table, _verb, id) => ({ ...table, files: table.files.filter((file) => file.id !== id) }),
  "goal/agree": (table, { at, body }) =>
    ({ ...table, agreements: [...table.agreements, { by: table.you.id, at: iso(at), words: String(body.words) }] }),
  ending: (table, { at, body }) => {
    const said = { by: table.you.id, answer: body.answer as Answer, words: String(body.words ?? ""), at: iso(at) }
    return { ...table, endings: [...table.endings.filter(({ by }) => by !== table.you.id), said] }
  },
  end: (table, { at }) => ({ ...table, booth: { ...table.booth, state: "ended", ended_at: iso(at) } }),
  reopen: (table) => ({ ...table, booth: { ...table.booth, state: "open", ended_at: null } }),
  name: (table, { body }) => ({ ...table, ...renamed(table, String(body.name)) }),
  "participants/id/remove": (table, _verb, id) =>
    ({ ...table, participants: table.participants.map((one) => (one.id === id ? { ...one, removed: true } : one)) }),
  "links/id/revoke": (table, _verb, id) => ({ ...table, links: table.links?.map((link) => (link.id === id ? { ...link, revoked: true } : link)) }),
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

/** The rows and one more, unless it is there. */
function grown<Row extends { id: Id }>(rows: Row[], row: Row): Row[] {
  return rows.some(({ id }) => id === row.id) ? rows : [...rows, row]
}

function addFile(table: Table, { at, body, file }: Verb, id: Id): Table {
  if (!file) return table
  const { name, size, type } = file
  const row = { id, name, size, type, url: "", preview: null, by: table.you.id, at: iso(at), in_page: body.in_page === true }
  return { ...table, files: grown(table.files, row) }
}

function addStep(table: Table, { body }: Verb, id: Id): Table {
  const step: Step = {
    id, words: String(body.words), whose: body.whose as Whose, due_at: null, whole_day: true, done_at: null, done_by: null,
    made_by: table.you.id, promise: null, changes: 1,
  }
  return { ...table, steps: grown(table.steps, step) }
}

function changeStep(table: Table, { at, body }: Verb, id: Id): Table {
  if (body.removed === true) return { ...table, steps: table.steps.filter((step) => step.id !== id) }
  const changed = table.steps.map((step) => (step.id === id ? { ...step, ...changes(body, iso(at), table.you.id) } : step))
  return { ...table, steps: "after" in body ? moved(changed, id, body.after as Id | null) : changed }
}

function changes(body: Record<string, unknown>, at: string, you: Id): Partial<Step> {
  const { words, whose, due_at, whole_day, done } = body as Partial<Step> & { done?: boolean }
  const given = Object.entries({ words, whose, due_at, whole_day }).filter(([, value]) => value !== undefined)
  const ticked = done === undefined ? {} : { done_at: done ? at : null, done_by: done ? you : null }
  return { ...Object.fromEntries(given), ...ticked }
}

/** The rows with one of them put behind another, or (null) first. */
export function moved<Row extends { id: Id }>(rows: Row[], id: Id, after: Id | null): Row[] {
  const row = rows.find((one) => one.id === id)
  if (!row || after === id) return rows
  const others = rows.filter((one) => one !== row)
  const at = after === null ? 0 : others.findIndex((one) => one.id === after) + 1
  return after !== null && at === 0 ? rows : [...others.slice(0, at), row, ...others.slice(at)]
}

function renamed(table: Table, name: string): Pick<Table, "you" | "participants"> {
  const participants = table.participants.map((one) => (one.id === table.you.id ? { ...one, name } : one))
  return { you: { ...table.you, name }, participants }
}
