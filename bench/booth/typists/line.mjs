// A WebSocket as a client has it, on a bare socket: what it costs is paid by the generator, so it does nothing else.

import { connect } from "node:net";

const TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10;

/** Opens `url` (ws://host:port/path) and calls `hear(bytes)` for each frame; resolves to `{send, close}`. */
export function open(url, hear, lost) {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let waiting = Buffer.alloc(0);
    let greeted = false;
    socket.setNoDelay(true);
    socket.once("error", reject);
    socket.once("close", () => (greeted ? lost?.() : reject(new Error(`${pathname} was closed`))));
    socket.once("connect", () => socket.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
    socket.on("data", (data) => {
      waiting = waiting.length ? Buffer.concat([waiting, data]) : data;
      if (!greeted) {
        const end = waiting.indexOf("\r\n\r\n");
        if (end < 0) return;
        if (!waiting.subarray(0, 12).toString().startsWith("HTTP/1.1 101")) {
          reject(new Error(waiting.subarray(0, 60).toString()));
          return;
        }
        greeted = true;
        waiting = waiting.subarray(end + 4);
        resolve({ send: (bytes) => write(socket, BINARY, bytes), close: () => socket.destroy() });
        queueMicrotask(() => { waiting = read(waiting, socket, hear); });
        return;
      }
      waiting = read(waiting, socket, hear);
    });
  });
}

/** Writes one frame. Clients have to mask what they send; a mask of noughts changes nothing. */
function write(socket, kind, bytes) {
  const size = bytes.length;
  const long = size < 126 ? 0 : size < 65536 ? 2 : 8;
  const frame = Buffer.alloc(6 + long + size);
  frame[0] = 0x80 | kind;
  frame[1] = 0x80 | (long === 0 ? size : long === 2 ? 126 : 127);
  if (long === 2) frame.writeUInt16BE(size, 2);
  if (long === 8) frame.writeBigUInt64BE(BigInt(size), 2);
  frame.set(bytes, 6 + long);
  socket.write(frame);
}

/** Reads whole frames; returns what is left over. */
function read(bytes, socket, hear) {
  let at = 0;
  while (bytes.length - at >= 2) {
    const kind = bytes[at] & 15;
    let size = bytes[at + 1] & 127;
    let start = at + 2;
    if (size === 126) {
      if (bytes.length < start + 2) break;
      size = bytes.readUInt16BE(start);
      start += 2;
    } else if (size === 127) {
      if (bytes.length < start + 8) break;
      size = Number(bytes.readBigUInt64BE(start));
      start += 8;
    }
    if (bytes.length < start + size) break;
    const body = bytes.subarray(start, start + size);
    at = start + size;
    if (kind === BINARY) hear(new Uint8Array(body));
    else if (kind === PING) write(socket, PONG, body);
    else if (kind === CLOSE) socket.destroy();
    else if (kind !== PONG && kind !== TEXT) throw new Error(`a frame of kind ${kind}`);
  }
  return bytes.subarray(at);
}
