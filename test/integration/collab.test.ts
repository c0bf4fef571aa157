import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  type CollabServer,
  same,
  startCollab,
  stockClient,
  textOf,
  until,
} from '../support/collab-server.ts';
import { announcedErrorsCame, expectError } from '../support/errors.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { Editor, RawClient } from '../support/raw-client.ts';
import { step1Frame, updateFrame } from '../support/frames.ts';

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
/** A bare client with a document of its own: sends its edits, applies what comes, answers questions. */
async function editor(person = 'zhou'): Promise<Editor> {
  const client = await raw('list.a', person);
  const doc = new Y.Doc();
  const edits = new Editor(client, doc);
  client.send(step1Frame(Y.encodeStateVector(doc)));
  await until('step 1 is answered', () => client.count('step2') === 1 && client.durable === edits.told);
  return edits;
}
const STOCK_NOISE = /Unable to compute message/;

describe('a stock y-websocket client (CO3, CO4)', () => {
  it('syncs with another and goes on after the durable notice it does not know', async () => {
    const [zhou, lu] = [stock(), stock('list.a', 'lu')];
    await until('both are synced', () => zhou.synced && lu.synced);
    zhou.doc.getText('t').insert(0, '问题清单');
    await until('the other sees it', () => textOf(lu.doc) === '问题清单');
    lu.doc.getText('t').delete(0, 2);
    await until('a deletion comes back', () => textOf(zhou.doc) === '清单');
    expect(same(zhou.doc, lu.doc)).toBe(true);
    expectError(STOCK_NOISE);
    await until('the stock clients were noticed', announcedErrorsCame);
  });
});

describe('the durable notice (CO4)', () => {
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

describe('a document that is loading (CO1, CO2)', () => {
  it('is loaded once for two arrivals, and what they say meanwhile is kept', async () => {
    log.stall();
    const [a, b] = [await raw(), await raw('list.a', 'lu')];
    a.send(step1Frame(new Uint8Array([0])));
    b.send(step1Frame(new Uint8Array([0])));
    await until('the load has begun', () => log.loads === 1);
    expect(a.frames).toEqual([]);
    log.go();
    await until('both are answered', () => a.count('step2') === 1 && b.count('step2') === 1);
    expect(log.loads).toBe(1);
  });

  it('that cannot be loaded closes with 4503, is stored as nothing, and loads for the next one', async () => {
    log.failLoads = true;
    const a = await raw();
    await until('it is sent away', () => a.closed === 4503);
    expectError(/could not be loaded/);
    log.failLoads = false;
    const b = await raw();
    b.send(step1Frame(new Uint8Array([0])));
    await until('it is answered', () => b.count('step2') === 1);
    expect(log.rows.size).toBe(0);
  });
});

describe('an edit (CO3, CO5)', () => {
  it('is shown to nobody before it is stored', async () => {
    const [zhou, lu] = [stock(), stock('list.a', 'lu')];
    await until('both are synced', () => zhou.synced && lu.synced);
    log.stall();
    zhou.doc.getText('t').insert(0, '未存');
    await until('it is being stored', () => log.appends === 1);
    const late = stock('list.a', 'he');
    await until('a third has come', () => late.synced);
    expect(textOf(lu.doc)).toBe('');
    expect(textOf(late.doc)).toBe('');
    log.go();
    await until('both see it', () => textOf(lu.doc) === '未存' && textOf(late.doc) === '未存');
    expectError(STOCK_NOISE);
    await until('the stock clients were noticed', announcedErrorsCame);
  });

  it('that was stored but not yet shown when the process died is there after the restart', async () => {
    const zhou = await editor();
    const lu = stock('list.a', 'lu');
    await until('the other is synced', () => lu.synced);
    const dying = server;
    log.afterAppend = () => void dying.stop();
    zhou.doc.getText('t').insert(0, '已存');
    await until('it is stored', () => log.rows.has('list.a'));
    expect(textOf(lu.doc)).toBe('');
    log.afterAppend = undefined;
    server = await startCollab(log, dying.port);
    await until('the other sees it after its return', () => textOf(lu.doc) === '已存');
    expectError(STOCK_NOISE);
    await until('the stock clients were noticed', announcedErrorsCame);
  });

  it('waits for a store that is away and is then noticed, with no false notice in between', async () => {
    const zhou = await editor();
    log.failAppends = true;
    zhou.doc.getText('t').insert(0, '一');
    await until('storing was tried again', () => log.appends >= 3);
    zhou.doc.getText('t').insert(1, '二');
    expect(zhou.client.durable).toBe(1);
    expect(server.documents.counts().unstoredBytes).toBeGreaterThan(0);
    log.failAppends = false;
    await until('both are durable', () => zhou.client.durable === 3);
    expect(server.documents.counts().unstoredBytes).toBe(0);
  });

  it('above the limit closes with 4413, which a client does not retry', async () => {
    const zhou = await editor();
    zhou.doc.getText('t').insert(0, 'x'.repeat(1_000_100));
    await until('it is sent away', () => zhou.client.closed === 4413);
    expect(log.rows.size).toBe(0);
  });
});

describe('at the door (CO1)', () => {
  it.each([
    ['gone', 4404],
    ['forbidden', 4403],
    ['unauthenticated', 4401],
  ] as const)('%s closes with %i and loads nothing', async (refusal, code) => {
    server.rights.set('zhou', refusal);
    const client = await raw();
    await until('it is sent away', () => client.closed === code);
    expect(log.loads).toBe(0);
    expect(server.documents.counts().documents).toBe(0);
  });

  it('a stranger, a foreign origin, a bad name and an old client are accepted and closed with their codes', async () => {
    const stranger = await new RawClient(server.url, 'list.a').opened();
    const evil = await new RawClient(server.url, 'list.a', 'zhou', {
      origin: 'http://evil.example',
    }).opened();
    const odd = await new RawClient(server.url, 'a%2Fb', 'zhou').opened();
    const old = await new RawClient(server.url, 'list.a', 'zhou&v=0').opened();
    await until('all are closed', () => [stranger, evil, odd, old].every((client) => client.closed));
    expect([stranger, evil, odd, old].map((client) => client.closed)).toEqual([4401, 4403, 4404, 4426]);
    expect(log.loads).toBe(0);
  });

  it('a path that nobody serves is ended', async () => {
    const lost = new RawClient(server.url.replace('/collab', '/nowhere'), 'x', 'zhou');
    await until('it is ended', () => lost.closed === 1006);
  });
});

describe('a reader (CO7)', () => {
  it('sees everything and changes nothing', async () => {
    server.rights.set('he', 'read');
    const zhou = await editor();
    const he = await editor('he');
    zhou.doc.getText('t').insert(0, '读');
    await until('the reader sees it', () => textOf(he.doc) === '读');
    he.doc.getText('t').insert(1, '写');
    await until('it was dropped', () => server.documents.counts().readersWrote === 1);
    zhou.doc.getText('t').insert(1, '完');
    await until('later edits come', () => textOf(he.doc).includes('完'));
    expect(textOf(zhou.doc)).toBe('读完');
    expect(he.client.durable).toBe(0);
    expect(he.client.count('step1')).toBe(0);
  });

  it('is made of a writer at once when rights change, and a writer again later loses nothing', async () => {
    const he = await editor('he');
    server.rights.set('he', 'read');
    await server.documents.recheck((who) => who.personId === 'he');
    he.doc.getText('t').insert(0, '晚了');
    await until('it was dropped', () => server.documents.counts().readersWrote === 1);
    expect(log.rows.size).toBe(0);
    server.rights.set('he', 'write');
    await server.documents.recheck((who) => who.personId === 'he');
    await until('what was dropped is stored', () => log.rows.has('list.a'));
    await until('and noticed', () => he.client.durable === he.told);
  });

  it('whose rights are gone is sent away with the code of the reason', async () => {
    const [he, zhou] = [await editor('he'), await editor()];
    server.rights.set('he', 'unauthenticated');
    await server.documents.recheck((who) => who.personId === 'he');
    await until('sent away', () => he.client.closed === 4401);
    expect(zhou.client.closed).toBeUndefined();
  });
});

describe('an edit of the server (CO11)', () => {
  it('is stored, shown to everybody, and resolves with what it returns', async () => {
    const zhou = await editor();
    const length = await server.documents.change('list.a', (doc) => {
      doc.getText('t').insert(0, '会议');
      return doc.getText('t').length;
    });
    expect(length).toBe(2);
    expect(log.appends).toBe(1);
    await until('everybody sees it', () => textOf(zhou.doc) === '会议');
    expect(await server.documents.read('list.a', textOf)).toBe('会议');
  });

  it('that changes nothing writes nothing', async () => {
    await server.documents.change('list.a', (doc) => textOf(doc));
    expect(log.appends).toBe(0);
  });

  it('that throws halfway leaves no trace, and the next one works', async () => {
    const failing = server.documents.change('list.a', (doc) => {
      doc.getText('t').insert(0, '半');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await server.documents.change('list.a', (doc) => doc.getText('t').insert(0, '整'));
    expect(await server.documents.read('list.a', textOf)).toBe('整');
  });

  it('made twice at once as "add it if it is not there" adds it once', async () => {
    const ensure = (): Promise<void> =>
      server.documents.change('list.a', (doc) => {
        const rows = doc.getMap('rows');
        if (!rows.has('r1')) rows.set('r1', `made ${rows.size}`);
      });
    await Promise.all([ensure(), ensure(), ensure()]);
    expect(log.appends).toBe(1);
  });

  it('of a document that cannot be loaded is UNAVAILABLE', async () => {
    log.failLoads = true;
    await expect(server.documents.read('list.a', textOf)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expectError(/could not be loaded/);
  });
});

describe('drain', () => {
  it('makes everything durable before it sends everybody away', async () => {
    const zhou = await editor();
    log.stall();
    zhou.doc.getText('t').insert(0, '末');
    await until('it is being stored', () => log.appends === 1);
    const drained = server.documents.drain();
    expect(zhou.client.closed).toBeUndefined();
    log.go();
    await drained;
    await until('sent away to come back', () => zhou.client.closed === 4503);
    expect(zhou.client.durable).toBe(2);
    const late = await raw();
    await until('nobody comes in any more', () => late.closed === 4503);
  });
});
