import { afterEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import { type CollabServer, same, startCollab, until } from '../support/collab-server.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { lines, openLive } from '../support/open-live.ts';
import { contentOf, randomEdit, readingDoc } from '../support/random-edit.ts';
import { seeded } from '../support/seeded.ts';

const CLIENTS = 5;
const STEPS = 300;
const open: LiveDocument[] = [];
let server: CollabServer;

afterEach(async () => {
  for (const live of open.splice(0)) live.destroy();
  await server.stop();
});

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'five people on bad lines, with restarts and a failing store, end with the same document (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const log = new MemoryUpdateLog();
    server = await startCollab(log);
    const people = Array.from({ length: CLIENTS }, (_, i) => {
      const live = openLive(server.url, { person: { id: `p${i}`, name: `p${i}` } });
      open.push(live);
      return live;
    });
    await until('all are in', () => people.every((live) => live.status.get().kind === 'saved'));
    for (let step = 0; step < STEPS; step++) {
      const live = people[Math.floor(random() * CLIENTS)]!;
      const event = random();
      randomEdit(live.doc, random);
      if (event < 0.05) [...lines][Math.floor(random() * lines.size)]?.terminate();
      else if (event < 0.1) live.hold(true);
      else if (event < 0.2) for (const each of people) each.hold(false);
      else if (event < 0.22) log.failAppends = !log.failAppends;
      else if (event < 0.225) {
        await server.stop();
        server = await startCollab(log, server.port);
      }
      if (random() < 0.5) await new Promise((resolve) => setImmediate(resolve));
    }
    log.failAppends = false;
    for (const live of people) live.hold(false);
    await until('all is saved', () => people.every((live) => live.status.get().kind === 'saved'), 20_000);
    const [first, ...others] = people;
    await until('all are the same', () => others.every((live) => same(first!.doc, live.doc)), 5_000);
    const stored = readingDoc();
    for (const { update } of await log.load('list.a')) Y.applyUpdate(stored, update);
    expect(same(stored, first!.doc)).toBe(true);
    for (const live of people) expect(contentOf(live.doc)).toEqual(contentOf(stored));
  },
);
