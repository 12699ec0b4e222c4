// Messages on the line: the y-websocket protocol, and two kinds of our own.
import * as decoding from "lib0/decoding"
import * as encoding from "lib0/encoding"
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from "y-protocols/sync"

const SYNC = 0
const AWARENESS = 1
const WHO_IS_HERE = 3
const ROWS = 100
const REFUSED = 101

export type Heard =
  | { kind: "asked"; state: Uint8Array }
  | { kind: "answered" | "changed" | "present"; update: Uint8Array }
  | { kind: "who" }
  | { kind: "rows"; part: string }
  | { kind: "refused"; words: string }
  | { kind: "other" }

/** "What of yours do I lack?", with a state vector that says what we have. */
export function asking(state: Uint8Array): Uint8Array {
  return synced(messageYjsSyncStep1, state)
}

export function answering(update: Uint8Array): Uint8Array {
  return synced(messageYjsSyncStep2, update)
}

export function changing(update: Uint8Array): Uint8Array {
  return synced(messageYjsUpdate, update)
}

export function beingPresent(update: Uint8Array): Uint8Array {
  return written((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS)
    encoding.writeVarUint8Array(encoder, update)
  })
}

export function askingWho(): Uint8Array {
  return written((encoder) => encoding.writeVarUint(encoder, WHO_IS_HERE))
}

/** Reads one message; what we do not know, or what is broken, is `other`. */
export function heard(data: Uint8Array): Heard {
  try {
    return read(decoding.createDecoder(data))
  } catch {
    return { kind: "other" }
  }
}

function read(decoder: decoding.Decoder): Heard {
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
      return readSync(decoder)
    case AWARENESS:
      return { kind: "present", update: decoding.readVarUint8Array(decoder) }
    case WHO_IS_HERE:
      return { kind: "who" }
    case ROWS:
      return { kind: "rows", part: partOf(decoding.readVarString(decoder)) }
    case REFUSED:
      return { kind: "refused", words: decoding.readVarString(decoder) }
    default:
      return { kind: "other" }
  }
}

function readSync(decoder: decoding.Decoder): Heard {
  const step = decoding.readVarUint(decoder)
  const data = decoding.readVarUint8Array(decoder)
  if (step === messageYjsSyncStep1) return { kind: "asked", state: data }
  if (step === messageYjsSyncStep2) return { kind: "answered", update: data }
  return step === messageYjsUpdate ? { kind: "changed", update: data } : { kind: "other" }
}

function partOf(json: string): string {
  return String((JSON.parse(json) as { part?: unknown }).part ?? "")
}

function synced(step: number, data: Uint8Array): Uint8Array {
  return written((encoder) => {
    encoding.writeVarUint(encoder, SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, data)
  })
}

function written(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}
