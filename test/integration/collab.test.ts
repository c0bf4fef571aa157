import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { step1Frame, updateFrame } from '../../server/collab/protocol.ts';
import {
  type CollabServer,
  same,
  startCollab,
  stockClient,
  textOf,
  until,
} from '../support/collab-server.ts';
import { expectError } from '../support/errors.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { RawClient } from '../support/raw-client.ts';

let log: MemoryUpdateLog;
let server: CollabServer;
const leaving: (() => void)[] = [];

beforeEach(async () => {
  log = new MemoryUpdateLog();
  server = await startCollab(log);
});
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave();
  log.go();
  await server.stop();
});

function stock(name = 'list.a', person = 'zhou'): ReturnType<typeof stockClient> {
  const client = stockClient(server.url, name, person);
  leaving.push(() => client.destroy());
  return client;
}
async function raw(name = 'list.a', person = 'zhou'): Promise<RawClient> {
  const client = await new RawClient(server.url, name, person).opened();
  leaving.push(() => client.ws.terminate());
  return client;
}
const STOCK_NOISE = /Unable to compute message/;

describe('a stock y-websocket client', () => {
  it('syncs with another and goes on after the durable notice it does not know', async () => {
    const [zhou, lu] = [stock(), stock('list.a', 'lu')];
    await until('both are synced', () => zhou.synced && lu.synced);
    zhou.doc.getText('t').insert(0, '问题清单');
    await until('the other sees it', () => textOf(lu.doc) === '问题清单');
    lu.doc.getText('t').delete(0, 2);
    await until('a deletion comes back', () => textOf(zhou.doc) === '清单');
    expect(same(zhou.doc, lu.doc)).toBe(true);
    expectError(STOCK_NOISE);
  });
});

describe('the durable notice', () => {
  it('comes for an insertion and for a deletion, each once it is stored', async () => {
    const client = await raw();
    const doc = new Y.Doc();
    doc.on('update', (update) => client.send(updateFrame(update)));
    client.send(step1Frame(Y.encodeStateVector(doc)));
    await until('step 1 is answered', () => client.count('step2') === 1);
    doc.getText('t').insert(0, 'ab');
    await until('the first is durable', () => client.durable === 1);
    log.stall();
    doc.getText('t').delete(0, 1);
    await until('it is being stored', () => log.appends === 2);
    expect(client.durable).toBe(1);
    log.go();
    await until('the deletion is durable', () => client.durable === 2);
  });
});
