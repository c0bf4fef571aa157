import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { createDocuments, type Documents } from '../../server/collab/documents.ts';
import { type Board, createBoard } from '../../server/features/board/board.ts';
import { blobOf, boards, snapshots } from '../../server/features/board/collections.ts';
import { createSnapshots, DAY_MS } from '../../server/features/board/snapshots.ts';
import type { Context } from '../../server/platform/handler.ts';
import type { Log } from '../../server/platform/log.ts';
import { createTasks, type Tasks } from '../../server/platform/tasks.ts';
import { copyStorage } from '../../server/storage/copy.ts';
import type { Storage } from '../../server/storage/port.ts';
import { backupSqlite } from '../../server/storage/sqlite/backup.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import type { Actor, Role } from '../../shared/actor.ts';
import { draftText, readRows, setField, textOf, withdrawRow } from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';
import { makeFixture } from '../support/client.ts';
import { paragraphOf } from '../support/draft-parts.ts';
import { openLive } from '../support/open-live.ts';
import { startServer } from '../support/server.ts';
import { openTestStorage } from '../support/test-storage.ts';

const [campaignId, unitId, sessionId] = [newId(), newId(), newId()];

let storage: Storage;
let documents: Documents;
let tasks: Tasks;
let board: Board;
let time: number;
let view: Awaited<ReturnType<Board['handlers']['open']>>;

beforeEach(async () => {
  storage = await openTestStorage();
  const log = { error: console.error, warn: console.error } as unknown as Log;
  documents = createDocuments({ updates: storage.updates, log });
  tasks = createTasks(log);
  time = Date.parse('2026-03-18T06:30:00.000Z');
  board = createBoard({
    records: storage.records,
    blobs: storage.blobs,
    documents,
    now: () => time,
    tasks,
    log,
    unitName: async () => '教科研一室',
    topicNames: async () => new Map(),
  });
  view = await board.handlers.open(by('administrator'), { campaignId, unitId });
});
afterEach(async () => {
  await tasks.settled();
  await documents.drain();
  await documents.close();
  await storage.close();
});

function by(role: Role, proven = true): Context {
  const scope = role === 'administrator' ? 'installation' : 'campaign';
  const grant = { role, scope, scopeId: campaignId, campaignId, boardId: '' };
  const actor = {
    ...{ kind: 'person', personId: newId(), name: '周敏', unitId: '', unitName: '', campaignId, proven },
    grants: [grant],
  } as unknown as Actor;
  return { actor } as Context;
}
const staff = by('note-taker');
const history = (part: 'list' | 'draft') => board.handlers.history(staff, { boardId: view.boardId, part });
const goBack = (snapshotId: string) => board.handlers.goBack(staff, { boardId: view.boardId, snapshotId });
const write = (words: string) =>
  documents.change(view.draft, (doc) => doc.getXmlFragment('body').push([paragraphOf(words)]));
const said = () => documents.read(view.draft, draftText);
async function keep(reason: 'start' | 'end'): Promise<void> {
  board.keep(view.boardId, reason, sessionId);
  await tasks.settled();
}

describe('former states of a draft', () => {
  it('are kept at the start and the end of a meeting and once a day, when something has changed', async () => {
    await keep('start');
    expect(await history('draft')).toEqual([]);
    await write('第一段');
    await keep('start');
    await keep('end');
    expect(await history('draft')).toMatchObject([{ reason: 'start', sessionId, part: 'draft' }]);
    await write('第二段');
    time += 3_600_000;
    await keep('end');
    await board.daily();
    expect(await history('draft')).toMatchObject([{ reason: 'end' }, { reason: 'start' }]);
    await write('第三段');
    await board.daily();
    await write('第四段');
    time += 3_600_000;
    await board.daily();
    expect((await history('draft')).map(({ reason }) => reason)).toEqual(['daily', 'end', 'start']);
    time += DAY_MS;
    await board.daily();
    expect((await history('draft')).map(({ reason }) => reason)).toEqual(['daily', 'daily', 'end', 'start']);
  });

  it('can be looked at and gone back to, which everybody with it open sees, and which can be taken back', async () => {
    await write('留着的');
    await write('要删的');
    await keep('start');
    await documents.change(view.draft, (doc) => {
      doc.getXmlFragment('body').delete(1, 1);
      doc.getXmlFragment('body').push([paragraphOf('后来的')]);
    });
    const [first] = await history('draft');
    const looked = await board.handlers.lookAt(staff, {
      boardId: view.boardId,
      snapshotId: first!.snapshotId,
    });
    expect(JSON.stringify(looked.content)).toContain('要删的');
    const before = await documents.read(view.draft, (doc) => doc.getXmlFragment('body').get(0)._item!.id);
    time += 60_000;
    expect(await goBack(first!.snapshotId)).toMatchObject({
      changed: true,
      part: 'draft',
      unitName: '教科研一室',
    });
    expect(await said()).toBe('留着的\n要删的');
    // What was the same is the same piece: who has the caret in it keeps it.
    expect(await documents.read(view.draft, (doc) => doc.getXmlFragment('body').get(0)._item!.id)).toEqual(
      before,
    );
    expect(await goBack(first!.snapshotId)).toMatchObject({ changed: false });
    const [undo] = await history('draft');
    expect(undo).toMatchObject({ reason: 'return', by: '周敏' });
    await goBack(undo!.snapshotId);
    expect(await said()).toBe('留着的\n后来的');
  });

  it('that was ruined can be gone back to as well as any', async () => {
    await write('第一段');
    await keep('start');
    await documents.change(view.draft, (doc) => {
      doc.getXmlFragment('body').delete(0, 1);
      doc.getXmlFragment('body').insert(0, [new Y.XmlHook('x') as unknown as Y.XmlElement]);
    });
    const [first] = await history('draft');
    await goBack(first!.snapshotId);
    expect(await said()).toBe('第一段');
  });
});

describe('former states of a list', () => {
  it('bring back what rows said, withdraw those made since, and remove none', async () => {
    const [a, b, c] = [newId(), newId(), newId()];
    await board.ensureRow(view.boardId, { rowId: a, problem: '课题申报质量不高' });
    await board.ensureRow(view.boardId, { rowId: b, problem: '成果转化慢' });
    await keep('start');
    await board.ensureRow(view.boardId, { rowId: c, problem: '后来的' });
    await documents.change(view.list, (doc) => {
      textOf(doc, a, 'problem')!.delete(0, 2);
      setField(doc, a, 'owner', '何清');
      withdrawRow(doc, b);
    });
    const [first] = await history('list');
    expect(await goBack(first!.snapshotId)).toMatchObject({ changed: true, part: 'list' });
    const { rows } = await documents.read(view.list, readRows);
    expect(rows.map(({ rowId, problem, owner, withdrawn }) => [rowId, problem, owner, withdrawn])).toEqual([
      [a, '课题申报质量不高', '', false],
      [b, '成果转化慢', '', false],
      [c, '后来的', '', true],
    ]);
    const [undo] = await history('list');
    await goBack(undo!.snapshotId);
    const again = (await documents.read(view.list, readRows)).rows;
    expect(again.map(({ problem, withdrawn }) => [problem, withdrawn])).toEqual([
      ['申报质量不高', false],
      ['成果转化慢', true],
      ['后来的', false],
    ]);
  });
});

describe('age and rights', () => {
  it('they are gone after 30 days, bytes and all: a deleted text with the last that says it', async () => {
    await write('要忘掉的');
    await keep('start');
    const { snapshotId } = (await history('draft'))[0]!;
    await documents.change(view.draft, (doc) => doc.getXmlFragment('body').delete(0, 1));
    time += 29 * DAY_MS;
    await board.daily();
    expect(await storage.blobs.get(blobOf(snapshotId))).toBeDefined();
    time += 2 * DAY_MS;
    await board.daily();
    expect(await storage.blobs.get(blobOf(snapshotId))).toBeUndefined();
    expect((await history('draft')).map((each) => each.snapshotId)).not.toContain(snapshotId);
    await expect(goBack(snapshotId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('they are for staff, and of one board each', async () => {
    await write('第一段');
    await keep('start');
    const { snapshotId } = (await history('draft'))[0]!;
    const input = { boardId: view.boardId, snapshotId };
    for (const role of ['participant', 'observer'] as const) {
      const asked = board.handlers.lookAt(by(role), input);
      await expect(asked).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(board.handlers.goBack(by('moderator', false), input)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const other = await board.handlers.open(by('administrator'), { campaignId, unitId: newId() });
    const elsewhere = board.handlers.lookAt(staff, { boardId: other.boardId, snapshotId });
    await expect(elsewhere).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a snapshot without its bytes is not found, and is kept anew', async () => {
    await write('第一段');
    await keep('start');
    const { snapshotId } = (await history('draft'))[0]!;
    await storage.blobs.remove(blobOf(snapshotId));
    await expect(goBack(snapshotId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await keep('end');
    const [latest] = await history('draft');
    expect(await goBack(latest!.snapshotId)).toMatchObject({ changed: false });
  });
});

describe('over the wire', () => {
  it('a meeting keeps its start and end; going back is seen by an open page and is in the audit', async () => {
    const server = await startServer();
    const f = await makeFixture(server.url, server.app.identity.adminLink);
    const chair = await f.staff('梁思齐', 'moderator');
    const draft = `draft.${f.boardId}`;
    const add = (words: string) =>
      server.app.documents.change(draft, (doc) => doc.getXmlFragment('body').push([paragraphOf(words)]));
    const kept = () => chair.call('board.history', { boardId: f.boardId, part: 'draft' });
    await add('会前');
    await chair.call('session.start', { sessionId: f.sessionId, id: newId() });
    await expect.poll(kept).toMatchObject([{ reason: 'start', sessionId: f.sessionId }]);
    await add('会上');
    await chair.call('session.end', { sessionId: f.sessionId, id: newId(), carryOver: [] });
    await expect.poll(kept).toMatchObject([{ reason: 'end' }, { reason: 'start' }]);
    const { cookie } = chair;
    const socket = class extends WebSocket {
      constructor(address: string, protocols?: string[]) {
        super(address, protocols, { headers: { cookie } });
      }
    } as unknown as typeof globalThis.WebSocket;
    const page = openLive(`${server.url.replace('http', 'ws')}/collab`, {
      ...{ name: draft, person: { id: 'x', name: '梁思齐' }, socket, params: {} },
    });
    await expect.poll(() => draftText(page.doc)).toBe('会前\n会上');
    const { snapshotId } = (await kept())[1]!;
    await chair.call('board.goBack', { boardId: f.boardId, snapshotId });
    await expect.poll(() => draftText(page.doc)).toBe('会前');
    const rows = (await f.admin.call('admin.audit', { limit: 50 })).filter(
      ({ procedure }) => procedure === 'board.goBack',
    );
    expect(rows).toMatchObject([
      { outcome: 'ok', objectKind: 'earlier-version', objectId: f.boardId, objectName: '教科研一室' },
    ]);
    page.destroy();
    await server.close();
    await server.storage.close();
  });
});

describe('a copy of the installation', () => {
  it('brings them along: to another engine, and in a backup file', async () => {
    await write('第一段');
    await keep('start');
    const { snapshotId } = (await history('draft'))[0]!;
    const folder = mkdtempSync(join(tmpdir(), 'poli-history-'));
    const copy = await openSqlite(join(folder, 'copy.db'));
    await copyStorage(storage, copy, [boards, snapshots]);
    await copy.close();
    await backupSqlite(join(folder, 'copy.db'), join(folder, 'backup.db'));
    const restored = await openSqlite(join(folder, 'backup.db'));
    const there = createSnapshots({ ...restored, documents, now: () => time });
    const snapshot = await there.get(view.boardId, snapshotId);
    expect(JSON.stringify(await there.content(snapshot!))).toContain('第一段');
    await restored.close();
    rmSync(folder, { recursive: true });
  });
});
