import { readFileSync } from 'node:fs';
import type { Socket } from 'socket.io-client';
import * as Y from 'yjs';
import type { Entry } from '../../shared/log.ts';
import { newId } from '../../shared/ids.ts';
import type { Fixture, TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { Editor, RawClient } from '../support/raw-client.ts';
import { step1Frame } from '../support/frames.ts';

const EVERY_MS = 100;
const MIN_TRIPS = 40;
const MAX_P99_MS = 250;

/**
 * Two honest people in a room and a document of their own, who trade one edit and one message every 100 ms. They are well as long
 * as nobody is thrown out, nothing is lost, and 99 of 100 round trips take no more than 250 ms.
 */
export interface Canary {
  trips: number;
  /** The longest that the machine kept a trip waiting for a processor, in ms. */
  starved: number;
  p99(): number;
  /** The same of the trips since it was asked last, and how many; what still is under way counts with the time until now. */
  lap(): { p99: number; trips: number };
  /** Falls silent and says what was wrong. */
  rest(): Promise<string[]>;
}

async function editor(url: string, doc: string, cookie: string): Promise<Editor> {
  const client = await new RawClient(`${url.replace('http', 'ws')}/collab`, doc, undefined, {
    cookie,
  }).opened();
  const edits = new Editor(client, new Y.Doc());
  client.send(step1Frame(new Uint8Array([0])));
  await until('the canary is in', () => edits.told > 0 && client.durable === edits.told);
  return edits;
}

/** How long the main thread of a process was ready and had no processor, in ms; 0 where the system does not tell. */
function waitedForCpu(pid: number | 'self'): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

/** A session of the other unit, on that unit's own board. */
async function ownRoom(f: Fixture): Promise<{ sessionId: string; boardId: string; code: string }> {
  const { campaignId, roomId, otherUnitId: unitId, agenda } = f;
  const sessionId = newId();
  const session = await f.admin.call('session.create', {
    ...{ campaignId, sessionId, roomId, unitId, place: '', plannedMinutes: 60 },
    ...{ title: '另一场座谈会', plannedAt: '2026-03-18T06:30:00.000Z', expectedPeople: [] },
    agenda: agenda.map((item) => ({ ...item, id: newId() })),
    expectedUnits: [f.unitId, unitId],
  });
  await f.admin.call('session.start', { sessionId, id: newId() });
  return { sessionId, boardId: session.boardId, code: session.code };
}

/** `pid`: the server's process. */
export async function openCanary(
  f: Fixture,
  url: string,
  pid: number,
  comeIn: () => TestClient,
): Promise<Canary> {
  const { sessionId, boardId, code } = await ownRoom(f);
  const [one, other] = [comeIn(), comeIn()];
  await one.call('session.join', { code, personId: f.people['唐雨']! });
  await other.call('session.join', { code, personId: f.people['梁思齐']! });
  const [a, b] = [
    await editor(url, `list.${boardId}`, one.cookie),
    await editor(url, `list.${boardId}`, other.cookie),
  ];
  const sockets: [Socket, Socket] = [await one.socket(), await other.socket()];
  const faults: string[] = [];
  const trips: number[] = [];
  let starved = 0;
  const open = new Map<string, { at: number; waited: number }>();
  for (const socket of sockets) socket.on('disconnect', (why) => faults.push(`the canary was cut: ${why}`));
  for (const client of [one, other]) await client.emit('session.open', { sessionId });

  const waited = (): number => waitedForCpu('self') + waitedForCpu(pid);
  const came = (what: string): void => {
    const begun = open.get(what);
    if (begun === undefined) return;
    open.delete(what);
    const ms = performance.now() - begun.at;
    const lost = waited() - begun.waited;
    starved = Math.max(starved, lost);
    // What the machine gave to others, while this process or the server had work to do, is neither's fault.
    trips.push(ms - Math.min(ms, lost));
  };
  sockets[1].on('entry:appended', ({ entries }: { entries: Entry[] }) => {
    for (const entry of entries) if (entry.kind === 'said') came(entry.body);
  });
  b.doc.getArray<string>('canary').observe((event) => {
    for (const { insert } of event.changes.delta)
      for (const word of (insert as string[] | undefined) ?? []) came(word);
  });
  let n = 0;
  const singing = setInterval(() => {
    n++;
    const begun = { at: performance.now(), waited: waited() };
    open.set(`e${n}`, begun);
    a.doc.getArray<string>('canary').push([`e${n}`]);
    open.set(`m${n}`, begun);
    one
      .emit('session.say', { sessionId, id: newId(), kind: 'speech', body: `m${n}` })
      .catch((error: unknown) => faults.push(`the canary could not speak: ${String(error)}`));
  }, EVERY_MS);

  const p99Of = (some: readonly number[]): number =>
    [...some].sort((x, y) => x - y)[Math.ceil(some.length * 0.99) - 1] ?? Number.NaN;
  const p99 = (): number => p99Of(trips);
  let lapAt = 0;
  return {
    get trips() {
      return trips.length;
    },
    get starved() {
      return starved;
    },
    p99,
    lap() {
      const now = performance.now();
      const late = waited();
      const open99 = [...open.values()].map(({ at, waited }) => now - at - (late - waited));
      const lap = trips.slice(lapAt);
      lapAt = trips.length;
      return { p99: p99Of([...lap, ...open99]), trips: lap.length + open99.length };
    },
    async rest() {
      clearInterval(singing);
      await until('the canary is answered', () => open.size === 0, 5_000).catch(() =>
        faults.push(`${open.size} things that the canary said did not arrive`),
      );
      for (const { client, told } of [a, b]) {
        if (client.closed !== undefined) faults.push(`the canary was closed with ${client.closed}`);
        if (client.durable !== told) faults.push(`the canary told ${told}, noticed are ${client.durable}`);
      }
      if (trips.length < MIN_TRIPS) faults.push(`only ${trips.length} trips of the canary`);
      if (p99() > MAX_P99_MS) faults.push(`the canary waits ${Math.round(p99())} ms (p99)`);
      for (const socket of sockets) socket.removeAllListeners('disconnect').disconnect();
      for (const { client } of [a, b]) client.ws.terminate();
      return faults;
    },
  };
}
