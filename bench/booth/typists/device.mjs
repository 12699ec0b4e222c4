// One device: Yjs as it is in our pages, over the y-websocket protocol or that of Hocuspocus.

import { createRequire } from "node:module";
import { open } from "./line.mjs";

const require = createRequire(new URL("../../../frontend/package.json", import.meta.url));
export const Y = require("yjs");
const sync = require("y-protocols/sync");
const encoding = require("lib0/encoding");
const decoding = require("lib0/decoding");

const SYNC = 0, AUTH = 2;
export const ANSWER = 1;
const TOKEN = 0;

/**
 * `place` is `{url, room}`; with a `room` it speaks as Hocuspocus does, which names the room in each message.
 * `full`: it takes in what others write, as every page does; otherwise it only keeps it for `holdsAll`.
 */
export class Device {
  constructor(place, full = true) {
    this.place = place;
    this.full = full;
    this.doc = new Y.Doc();
    this.text = this.doc.getText("goal");
    this.kept = [];
    this.isOver = false;
    this.heard = () => {};
    this.synced = new Promise((resolve) => { this.isSynced = resolve; });
    this.doc.on("update", (update, origin) => {
      if (origin !== this) this.send((encoder) => sync.writeUpdate(encoder, update));
    });
  }

  async open() {
    this.line = await open(this.place.url, (bytes) => this.hear(bytes), () => { this.isOver = true; });
    if (this.place.room) {
      const encoder = this.begin(AUTH);
      encoding.writeVarUint(encoder, TOKEN);
      encoding.writeVarString(encoder, "none");
      this.line.send(encoding.toUint8Array(encoder));
    }
    this.send((encoder) => sync.writeSyncStep1(encoder, this.doc));
    await this.synced;
    return this;
  }

  begin(kind) {
    const encoder = encoding.createEncoder();
    if (this.place.room) encoding.writeVarString(encoder, this.place.room);
    encoding.writeVarUint(encoder, kind);
    return encoder;
  }

  send(write) {
    const encoder = this.begin(SYNC);
    write(encoder);
    this.line.send(encoding.toUint8Array(encoder));
  }

  hear(bytes) {
    const decoder = decoding.createDecoder(bytes);
    if (this.place.room) decoding.readVarString(decoder);
    if (decoding.readVarUint(decoder) !== SYNC) return;
    if (this.full) this.take(decoder);
    else this.keep(decoder);
  }

  take(decoder) {
    const encoder = this.begin(SYNC);
    const empty = encoding.length(encoder);
    const step = sync.readSyncMessage(decoder, encoder, this.doc, this);
    if (encoding.length(encoder) > empty) this.line.send(encoding.toUint8Array(encoder));
    if (step === ANSWER) this.isSynced();
    if (step !== 0) this.heard(this);
  }

  keep(decoder) {
    const step = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (step === 0) this.send((encoder) => sync.writeSyncStep2(encoder, this.doc, body));
    else this.kept.push(body);
    if (step === ANSWER) this.isSynced();
  }

  /** Types one character at the end; returns the count of its own changes so far. */
  type() {
    this.text.insert(this.text.length, "abcdefghij klmnop"[Math.floor(Math.random() * 17)]);
    return this.clock(this);
  }

  /** How far what `other` wrote is known here. */
  clock(other) {
    return Y.getState(this.doc.store, other.doc.clientID);
  }

  /** Whether all that a full device knows has come here, too, without a gap. */
  holdsAll(full) {
    const clocks = new Map();
    for (const update of this.kept) {
      const { from, to } = Y.parseUpdateMeta(update);
      for (const [id, start] of from) {
        const known = clocks.get(id) ?? 0;
        if (start <= known) clocks.set(id, Math.max(known, to.get(id)));
      }
    }
    return [...Y.decodeStateVector(Y.encodeStateVector(full.doc))].every(([id, clock]) => (clocks.get(id) ?? 0) >= clock);
  }
}
