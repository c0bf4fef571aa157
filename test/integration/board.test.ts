import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Actor, Grant, Role } from '../../shared/actor.ts';
import { ANONYMOUS } from '../../shared/roles.ts';
import { documentName, textOf } from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';
import { createDocuments, type Documents } from '../../server/collab/documents.ts';
import { type Board, createBoard } from '../../server/features/board/board.ts';
import { boards } from '../../server/features/board/collections.ts';
import { createTasks } from '../../server/platform/tasks.ts';
import type { Log } from '../../server/platform/log.ts';
import type { Context } from '../../server/platform/handler.ts';
import { openTestStorage } from '../support/test-storage.ts';
import type { Storage } from '../../server/storage/port.ts';

const [campaignId, unitId, otherUnit, roomId] = [newId(), newId(), newId(), newId()];
const units = new Map([
  [unitId, '教科研一室'],
  [otherUnit, '办公室'],
]);

let storage: Storage;
let documents: Documents;
let board: Board;

const log = { error: console.error, warn: console.error } as unknown as Log;
function start(): void {
  documents = createDocuments({ updates: storage.updates, log });
  board = createBoard({
    records: storage.records,
    blobs: storage.blobs,
    documents,
    now: () => Date.parse('2026-03-18T06:30:00.000Z'),
    tasks: createTasks(log),
    log,
    unitName: async (campaign, unit) => (campaign === campaignId ? units.get(unit) : undefined),
    topicNames: async () => new Map([[roomId, '畏难等靠']]),
  });
}

beforeEach(async () => {
  storage = await openTestStorage();
  start();
});
afterEach(async () => {
  await documents.drain();
  await documents.close();
  await storage.close();
});

type GrantInput = Pick<Grant, 'role' | 'scope'> & { boardId?: string; campaignId?: string };

function person({ unit = '', grants = [] as GrantInput[], proven = true } = {}): Actor {
  const full = grants.map((grant) => ({
    boardId: '',
    campaignId,
    scopeId: grant.scope === 'campaign' ? campaignId : grant.scope === 'session' ? newId() : '',
    ...grant,
  }));
  return {
    kind: 'person',
    personId: newId(),
    name: '周敏',
    unitId: unit,
    unitName: units.get(unit) ?? '',
    campaignId,
    proven,
    grants: full,
  };
}

const asks = (actor: Actor) => ({ actor }) as Context;
const administrator = person({ grants: [{ role: 'administrator', scope: 'installation' }] });
const open = (actor: Actor, unit = unitId) => board.handlers.open(asks(actor), { campaignId, unitId: unit });
const stored = () => storage.records.find(boards, 'unit', { campaignId, unitId });

describe('the board of a unit', () => {
  it('is made at the first use and is the same for everybody after, also for two who open it at once', async () => {
    const staff = person({ grants: [{ role: 'moderator', scope: 'campaign' }] });
    const [mine, theirs] = await Promise.all([open(administrator), open(staff)]);
    expect(theirs).toEqual(mine);
    expect(mine).toMatchObject({
      unitName: '教科研一室',
      access: 'write',
      list: `list.${mine.boardId}`,
      draft: `draft.${mine.boardId}`,
    });
    expect(await board.handlers.get(asks(staff), { boardId: mine.boardId })).toEqual(mine);
  });

  it('is not made for a unit that does not exist, or by somebody who may not read it', async () => {
    const unknown = newId();
    await expect(open(administrator, unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(open(person({ unit: otherUnit }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(open(ANONYMOUS)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await storage.records.find(boards, 'unit', { campaignId, unitId: unknown })).toBeUndefined();
    expect(await stored()).toBeUndefined();
  });

  it('is not found under an id that was never made', async () => {
    const asked = board.handlers.get(asks(administrator), { boardId: newId() });
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the sizes of documents', () => {
  const sizes = (actor: Actor) => board.handlers.sizes(asks(actor), { campaignId });
  const restarted = async (): Promise<void> => {
    await documents.drain();
    await documents.close();
    start();
  };

  it('are told to the office, of what is open and of what nobody has opened since the start', async () => {
    const { list } = await open(administrator);
    expect(await sizes(administrator)).toEqual([{ unitId, list: 0, draft: 0 }]);
    await documents.change(list, (doc) => doc.getText('t').insert(0, '字'.repeat(10_000)));
    const [told] = await sizes(administrator);
    expect(told!.list).toBeGreaterThan(30_000);
    expect(told!.list).toBeLessThan(31_000);
    await restarted();
    expect(await sizes(administrator)).toEqual([told]);
    expect(documents.counts().documents, 'nothing was opened for it').toBe(0);
    await documents.change(list, (doc) => doc.getText('t').insert(0, '更多'.repeat(10_000)));
    expect((await sizes(administrator))[0]!.list).toBeGreaterThan(told!.list + 60_000);
  });

  it('are told to nobody else', async () => {
    for (const role of ['moderator', 'note-taker', 'observer'] as const)
      await expect(sizes(person({ grants: [{ role, scope: 'campaign' }] }))).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
  });
});

describe('the door of the live documents', () => {
  const inSession = (role: Role, boardId: string, proven = true) =>
    person({ grants: [{ role, scope: 'session', boardId }], proven });

  it('lets in by role, for the list and the draft alike', async () => {
    const { boardId } = await open(administrator);
    const expected: [string, Actor, string][] = [
      ['administrator', administrator, 'write'],
      ['moderator', person({ grants: [{ role: 'moderator', scope: 'campaign' }] }), 'write'],
      ['note-taker of a session here', inSession('note-taker', boardId), 'write'],
      ['participant of a session here', inSession('participant', boardId), 'write'],
      ['observer of a session here', inSession('observer', boardId), 'read'],
      ['guest of a session here', inSession('guest', boardId), 'gone'],
      ['participant of a session elsewhere', inSession('participant', newId()), 'gone'],
      ['claimed moderator', inSession('moderator', boardId, false), 'gone'],
      ['person of the unit', person({ unit: unitId, proven: true }), 'write'],
      ['somebody who says to be of the unit', person({ unit: unitId, proven: false }), 'gone'],
      ['person of another unit', person({ unit: otherUnit }), 'gone'],
      ['nobody', ANONYMOUS, 'unauthenticated'],
    ];
    for (const [who, actor, access] of expected)
      for (const part of ['list', 'draft'] as const)
        expect([who, await board.access(actor, documentName(part, boardId))]).toEqual([who, access]);
  });

  it('knows no other names and makes nothing for them', async () => {
    const { boardId } = await open(administrator);
    for (const name of [documentName('list', newId()), `notes.${boardId}`, boardId, 'list.', '', 'list.x\0'])
      expect(await board.access(administrator, name)).toBe('gone');
    expect(documents.counts().documents).toBe(0);
  });
});

describe('rows that a meeting puts into the list', () => {
  it('stand there once and durably, and never over what was written into them', async () => {
    const { boardId, list } = await open(administrator);
    const rowId = newId();
    const row = {
      rowId,
      topic: roomId,
      problem: '课题申报质量不高',
      source: 'symposium',
      proposer: '何清',
    } as const;
    expect(await board.ensureRow(boardId, row)).toBe(true);
    await documents.change(list, (doc) => textOf(doc, rowId, 'problem')!.insert(8, '：连续三年没有省级立项'));
    expect(await board.ensureRow(boardId, row)).toBe(false);
    expect((await board.rows(boardId)).rows).toMatchObject([
      { rowId, problem: '课题申报质量不高：连续三年没有省级立项', proposer: '何清' },
    ]);
    expect(await board.freeze(boardId)).toMatchObject([
      { rowId, topic: '畏难等靠', problem: '课题申报质量不高：连续三年没有省级立项', source: '座谈会' },
    ]);
    expect((await storage.updates.load(list)).length).toBeGreaterThan(0);
  });

  it('asked for twice at once are made once', async () => {
    const { boardId } = await open(administrator);
    const row = { rowId: newId(), problem: '成果转化慢' };
    const made = await Promise.all([board.ensureRow(boardId, row), board.ensureRow(boardId, row)]);
    expect(made.sort()).toEqual([false, true]);
    expect((await board.rows(boardId)).rows).toHaveLength(1);
  });

  it('are refused for a board that does not exist', async () => {
    const refused = board.ensureRow(newId(), { rowId: newId(), problem: '成果转化慢' });
    await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a draft that no editor can read', () => {
  it('is mended once for all who ask at once, by whoever may read it, and its words are kept', async () => {
    const { boardId, draft } = await open(administrator);
    await documents.change(draft, (doc) => doc.getXmlFragment('body').insert(0, [new Y.XmlText('根上的字')]));
    const observer = person({ grants: [{ role: 'observer', scope: 'session', boardId }] });
    const ask = () => board.handlers.mendDraft(asks(observer), { boardId });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill({ mended: true }));
    expect(await ask()).toEqual({ mended: false });
    expect(await documents.read(draft, (doc) => doc.getXmlFragment('body').toString())).toBe(
      '<paragraph>根上的字</paragraph>',
    );
    const stranger = board.handlers.mendDraft(asks(person({ unit: otherUnit })), { boardId });
    await expect(stranger).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
