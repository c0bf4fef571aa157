import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { same, until } from '../support/collab-server.ts';
import { ATTACKS, type FloodedServer, openFloodedServer, sing } from '../support/flood.ts';

// How long others wait meanwhile is measured by `npm run bench:flood`, and judged by the torture (R6).
const EDITS = 60;

let server: FloodedServer;
beforeEach(async () => {
  server = await openFloodedServer();
});
afterEach(() => server.close());

describe('one person at full speed', () => {
  it.each(ATTACKS)(
    'with %s on %i sockets throws nobody out, and nothing of the others is lost (R6)',
    async (attack, sockets) => {
      const [a, b] = [await server.editor('zhou'), await server.editor('lu')];
      const stop = await server.flood(attack, sockets);
      for (let n = 0; n < EDITS; n++) await sing(n % 2 ? a : b, n % 2 ? b : a);
      const fresh = await server.editor('shen');
      await stop();
      expect([a.client.closed, b.client.closed]).toEqual([undefined, undefined]);
      await until('all is durable', () => a.client.durable === a.told && b.client.durable === b.told);
      await until('nothing is lost', () => same(fresh.doc, a.doc) && same(b.doc, a.doc));
      expect(a.doc.getText('t').length).toBe(EDITS);
      for (const each of [a, b, fresh]) each.client.ws.terminate();
    },
  );
});

it('an honest person with a lot to say at once is neither thrown out nor robbed of a word', async () => {
  const [a, b] = [await server.editor('zhou'), await server.editor('lu')];
  const text = a.doc.getText('t');
  text.insert(0, 'x'.repeat(999_900));
  text.insert(0, 'y'.repeat(999_900));
  for (let i = 0; i < 1_000; i++) text.insert(0, 'z');
  text.delete(0, 500);
  await until('it is durable', () => a.client.durable === a.told, 60_000);
  await until('it is seen', () => same(a.doc, b.doc), 60_000);
  expect([a.client.closed, b.client.closed, text.length]).toEqual([undefined, undefined, 2_000_300]);
  for (const each of [a, b]) each.client.ws.terminate();
});
