// The shared map "sketch": putting shapes there, changing them, taking them away; each device takes back only its own.
import * as Y from "yjs"

import type { Id, Side } from "../types"
import { type Shape, shapeOf } from "./shapes"

type Without<One, Field extends keyof One> = One extends unknown ? Omit<One, Field> : never
/** A shape as it is made here; whose it is, and above what it lies, is added. */
export type Made = Without<Shape, "by" | "side" | "z">

export class Sheet {
  readonly #map: Y.Map<unknown>
  readonly #undo: Y.UndoManager
  readonly #origin = {}
  #count = 0

  constructor(private readonly doc: Y.Doc, private readonly you: { id: Id; side: Side }) {
    this.#map = doc.getMap("sketch")
    this.#undo = new Y.UndoManager(this.#map, { trackedOrigins: new Set([this.#origin]), captureTimeout: 0 })
  }

  /** Calls back with the names of shapes that were put, changed or taken away, by anybody. Returns how to stop. */
  watch(changed: (keys: string[]) => void): () => void {
    const heard = (event: Y.YMapEvent<unknown>): void => changed([...event.keysChanged])
    this.#map.observe(heard)
    return () => this.#map.unobserve(heard)
  }

  keys(): string[] {
    return [...this.#map.keys()]
  }

  get(key: string): Shape | null {
    return shapeOf(this.#map.get(key))
  }

  /** A name for a shape that is being made. */
  name(): string {
    return `${this.doc.clientID}-${Date.now().toString(36)}-${this.#count++}`
  }

  put(made: Made, key = this.name()): string {
    this.#write(() => this.#map.set(key, { ...made, by: this.you.id, side: this.you.side, z: this.#top() + 1 }))
    return key
  }

  /** Puts a changed shape in the place of the old one; one that somebody took away meanwhile stays away. */
  change(key: string, shape: Shape): void {
    if (this.#map.has(key)) this.#write(() => this.#map.set(key, { ...shape }))
  }

  remove(keys: string[]): void {
    const there = keys.filter((key) => this.#map.has(key))
    if (there.length) this.#write(() => there.forEach((key) => this.#map.delete(key)))
  }

  /** What is done until the returned function is called is taken back in one. */
  together(): () => void {
    this.#undo.stopCapturing()
    this.#undo.captureTimeout = Infinity
    return () => {
      this.#undo.captureTimeout = 0
      this.#undo.stopCapturing()
    }
  }

  undo(): void {
    this.#undo.undo()
  }

  redo(): void {
    this.#undo.redo()
  }

  destroy(): void {
    this.#undo.destroy()
  }

  #top(): number {
    let top = 0
    for (const shape of this.#map.values()) {
      const z = (shape as { z?: unknown } | null)?.z
      if (typeof z === "number" && z < 1_000_000) top = Math.max(top, z)
    }
    return top
  }

  #write(act: () => void): void {
    this.doc.transact(act, this.#origin)
  }
}
