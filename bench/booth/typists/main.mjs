// The generator: opens devices and types. Reads one plan (JSON, a line) from its input and says what it saw, in a line.

import { createInterface } from "node:readline";
import { Device } from "./device.mjs";

const WARM = 0.15; // of the time, before it counts
const PATIENCE = 30_000; // milliseconds for what is still under way at the end
const AT_ONCE = 20; // devices that knock at the same time

const PARTS = { keystrokes, flood, stay, enter };
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => JSON.parse((await lines.next()).value ?? "null");
const say = (what) => new Promise((resolve) => process.stdout.write(`${JSON.stringify(what)}\n`, resolve));
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** `rooms` (lists of places) are typed in: each device `each` times a second. How long until the last one has it? */
async function keystrokes({ rooms, each, seconds }) {
  const opened = [];
  for (const places of rooms) opened.push(new Typing(await opening(places)));
  const share = new Share();
  for (const room of opened) room.begin(1000 / each);
  await pause(seconds * WARM * 1000);
  share.begin();
  for (const room of opened) room.counts = true;
  await pause(seconds * (1 - WARM) * 1000);
  const generator = share.end();
  for (const room of opened) room.stop();
  await until(() => opened.every((room) => room.pending.length === 0));
  const samples = opened.flatMap((room) => room.samples);
  return { samples, generator, lost: opened.reduce((sum, room) => sum + room.pending.length, 0),
           over: opened.reduce((sum, room) => sum + room.devices.filter((device) => device.isOver).length, 0) };
}

/** One room and what of its typing has not reached everybody yet; samples are [when (Unix ms), how long (ms)]. */
class Typing {
  constructor(devices) {
    this.devices = devices;
    this.pending = [];
    this.samples = [];
    this.counts = false;
    for (const device of devices) device.heard = () => this.heard(device);
  }

  begin(every) {
    this.timers = this.devices.map((device) => setTimeout(() => this.go(device, every), Math.random() * every));
  }

  go(device, every) {
    this.timers[this.devices.indexOf(device)] = setTimeout(() => this.go(device, every), every);
    const others = new Set(this.devices);
    others.delete(device);
    const stroke = { device, others, counts: this.counts, at: Date.now(), began: performance.now() };
    this.pending.push(stroke);
    stroke.clock = device.type();
  }

  heard(device) {
    let done = false;
    for (const stroke of this.pending) {
      if (stroke.others.has(device) && device.clock(stroke.device) >= stroke.clock) {
        stroke.others.delete(device);
        done ||= stroke.others.size === 0;
      }
    }
    if (!done) return;
    const now = performance.now();
    for (const stroke of this.pending) {
      if (stroke.others.size === 0 && stroke.counts) this.samples.push([stroke.at, now - stroke.began]);
    }
    this.pending = this.pending.filter((stroke) => stroke.others.size);
  }

  stop() {
    for (const timer of this.timers) clearTimeout(timer);
  }
}

/** As much as goes through: each device types as long as no more than `waiting` of its own have not reached the first. */
async function flood({ places, waiting, seconds }) {
  const [first, ...writers] = await opening(places, (number) => number === 0);
  const share = new Share();
  const sent = new Map(writers.map((device) => [device, 0]));
  const seen = () => writers.reduce((sum, device) => sum + first.clock(device), 0);
  let stopped = false;
  const fill = (device) => {
    while (!stopped && sent.get(device) - first.clock(device) < waiting) sent.set(device, device.type());
  };
  first.heard = () => { for (const device of writers) fill(device); };
  for (const device of writers) fill(device);
  await pause(seconds * WARM * 1000);
  share.begin();
  const before = seen();
  const began = performance.now();
  await pause(seconds * (1 - WARM) * 1000);
  const perSecond = (seen() - before) / (performance.now() - began) * 1000;
  const generator = share.end();
  stopped = true;
  const all = [...sent.values()].reduce((sum, count) => sum + count, 0);
  await until(() => seen() === all);
  await pause(500);
  return { perSecond, generator, lost: all - seen(), behind: writers.filter((device) => !device.holdsAll(first)).length };
}

/** Every place is opened and a few words are written there; they stay until the next line of input. */
async function stay({ places, words }) {
  const devices = await opening(places);
  for (const device of devices) for (let count = 0; count < words; count += 1) device.type();
  await say({ there: devices.length });
  await next();
  return { over: devices.filter((device) => device.isOver).length };
}

/** One after the other comes to one page: milliseconds until each has all of it. */
async function enter({ places }) {
  const took = [];
  let letters = 0;
  for (const place of places) {
    const began = performance.now();
    const device = await new Device(place).open();
    took.push(performance.now() - began);
    letters = device.text.length;
  }
  return { took, letters };
}

async function opening(places, isFull = () => true) {
  const devices = [];
  for (let at = 0; at < places.length; at += AT_ONCE) {
    const some = places.slice(at, at + AT_ONCE).map((place, number) => new Device(place, isFull(at + number)).open());
    devices.push(...await Promise.all(some));
  }
  return devices;
}

async function until(happened) {
  const end = performance.now() + PATIENCE;
  while (!happened() && performance.now() < end) await pause(20);
}

/** The processor share of this process between `begin` and `end`. */
class Share {
  begin() {
    this.used = process.cpuUsage();
    this.began = performance.now();
  }

  end() {
    const { user, system } = process.cpuUsage(this.used);
    return (user + system) / 1000 / (performance.now() - this.began);
  }
}

const plan = await next();
await say(await PARTS[plan.part](plan));
process.exit(0);
