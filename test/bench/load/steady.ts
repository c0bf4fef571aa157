import * as Y from 'yjs';
import type { Target } from './job.ts';
import { Member } from './member.ts';
import { type Meter, Room } from './room.ts';
import { startUsage, type Usage } from './proc.ts';
import { TEXT_NAME } from './writer.ts';
import { seeded } from '../../support/seeded.ts';

/** How many clients come at once; a server's queue of new connections is short. */
const AT_ONCE = 40;
/** Receivers of a room that hold a real document. */
const REAL = 5;
const PING_MS = 20_000;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Polls until true or until the time is over; says which. */
export async function until(test: () => boolean, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!test()) {
    if (performance.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

/** Does `task` for all, some at a time. */
export async function inTurns<T>(all: readonly T[], task: (each: T, at: number) => Promise<unknown>) {
  for (let at = 0; at < all.length; at += AT_ONCE)
    await Promise.all(all.slice(at, at + AT_ONCE).map((each, n) => task(each, at + n)));
}

export interface Hall {
  rooms: Room[];
  members: Member[];
  writers: Member[];
  meter: Meter;
  leave(): void;
}

let nextClient = 1 + Math.floor(Math.random() * 1e9);

/** Fills rooms: `clients` each, of whom `writers` write. All are in sync when it resolves. */
export async function fillRooms(
  target: Target,
  meter: Meter,
  { rooms, clients, writers }: { rooms: number; clients: number; writers: number },
): Promise<Hall> {
  const places = target.docs.slice(0, rooms).map((doc) => {
    const ids = Array.from({ length: writers }, () => (nextClient += 1 + Math.floor(Math.random() * 1000)));
    return new Room(target, doc, meter, ids);
  });
  const real = rooms === 1 ? REAL : 1;
  for (const room of places)
    for (let n = 0; n < clients; n++)
      room.members.push(new Member(room, n < writers ? n : -1, n >= writers && n < writers + real));
  const members = places.flatMap((room) => room.members);
  const { cookies } = target;
  await inTurns(members, (member, n) => member.join(cookies[n % cookies.length] ?? ''));
  const alive = setInterval(() => {
    if (target.dialect === 'hocuspocus') for (const member of members) member.ping();
  }, PING_MS);
  return {
    rooms: places,
    members,
    writers: members.filter((member) => member.writer),
    meter,
    leave() {
      clearInterval(alive);
      for (const member of members) member.leave();
    },
  };
}

/**
 * Types until stopped. People are no metronomes: the pauses of each writer are of random length around the same mean (a Poisson
 * process, seeded, so that every server gets the same).
 */
export function typeAway(hall: Hall, perWriter: number, cursors: boolean): () => void {
  const random = seeded(20261122);
  const gap = (): number => (-Math.log(1 - random()) * 1000) / perWriter;
  const start = performance.now();
  const due = hall.writers.map(() => start + gap());
  let running = true;
  const turn = (): void => {
    if (!running) return;
    const now = performance.now();
    for (let n = 0; n < due.length; n++) {
      if (due[n]! > now) continue;
      const member = hall.writers[n]!;
      const frames: Buffer[] = [];
      for (; due[n]! <= now; due[n]! += gap()) frames.push(member.type(performance.now(), cursors));
      member.write(frames.length === 1 ? frames[0]! : Buffer.concat(frames));
    }
    setTimeout(turn, 1);
  };
  turn();
  return () => {
    running = false;
  };
}

export interface Window {
  usage: Usage;
  delivered: number;
  frames: number;
  p50: number;
  p99: number;
  noticeP50: number;
  noticeP99: number;
}

/** Counts for a while. */
export async function measure(hall: Hall, serverPid: number, ms: number): Promise<Window> {
  const { meter } = hall;
  meter.start();
  const used = startUsage(serverPid);
  await pause(ms);
  const usage = used();
  meter.open = false;
  const { delays, notices, delivered, frames } = meter;
  const quantiles = { p50: delays.quantile(0.5), p99: delays.quantile(0.99) };
  return {
    usage,
    delivered,
    frames,
    ...quantiles,
    noticeP50: notices.quantile(0.5),
    noticeP99: notices.quantile(0.99),
  };
}

export const missingIn = (hall: Hall): number => hall.rooms.reduce((sum, room) => sum + room.missing, 0);

/** What all writers of a room have sent, in one document. */
function referenceOf(room: Room): Y.Doc {
  const doc = new Y.Doc();
  for (const writer of room.writers) if (writer.sent > 0) Y.applyUpdate(doc, writer.since(0));
  return doc;
}

const sameAs = (a: Y.Doc, b: Y.Doc): boolean =>
  a.getText(TEXT_NAME).toString() === b.getText(TEXT_NAME).toString() &&
  Buffer.from(Y.encodeStateVector(a)).equals(Buffer.from(Y.encodeStateVector(b)));

/**
 * After the writers have stopped: waits until everybody has everything, compares the real documents with what was written,
 * and asks the server for the document as somebody new would. What is wrong goes to the meter's faults. Returns the letters lost.
 */
export async function settle(hall: Hall, ms: number): Promise<number> {
  const { meter } = hall;
  await until(() => missingIn(hall) === 0, ms);
  const lost = missingIn(hall);
  if (lost > 0) meter.fault(`LOST ${lost}`);
  const unnoticed = () => hall.writers.reduce((sum, member) => sum + member.unnoticed, 0);
  if (!(await until(() => unnoticed() === 0, ms)))
    meter.fault(`of ${unnoticed()} edits nobody said that they are on disk`);
  for (const room of hall.rooms.slice(0, 5)) await compare(room);
  return lost;
}

async function compare(room: Room): Promise<void> {
  const reference = referenceOf(room);
  for (const { doc } of room.members)
    if (doc && !sameAs(doc, reference)) room.meter.fault(`${room.doc}: a receiver's document differs`);
  if (room.target.dialect !== 'relay') {
    const late = new Member(room, -1, true);
    await late.join(room.target.cookies[0] ?? '');
    const same = await until(() => sameAs(late.doc!, reference), 5_000);
    if (!same) room.meter.fault(`${room.doc}: who comes later gets another document`);
    late.leave();
  }
  reference.destroy();
}
