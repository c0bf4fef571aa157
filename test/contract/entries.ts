import { expect } from 'vitest';
import { z } from 'zod';
import { type Collection, defineCollection } from '../../server/storage/collection.ts';
import type { Stored } from '../../server/storage/port.ts';

export const Entry = z.object({
  id: z.string(),
  version: z.number().int(),
  sessionId: z.string(),
  seq: z.number().int(),
  body: z.string().max(50).optional(),
});
export type Entry = z.infer<typeof Entry>;

let made = 0;
/** A collection that no other test uses. */
export const fresh = <R extends Stored>(shape: z.ZodType<R>, indexes: Collection<R>['indexes'] = {}) =>
  defineCollection(`t${++made}_${Math.random().toString(36).slice(2, 8)}`, shape, indexes);
export const entries = () => fresh<Entry>(Entry, { bySeq: { fields: ['sessionId', 'seq'], unique: true } });
export const entry = (n: number, sessionId = 's1') => ({ id: `${sessionId}:${n}`, sessionId, seq: n });
export const seqs = (list: Entry[]) => list.map((e) => e.seq);
export const conflict = (reason: string, facts: object) =>
  expect.objectContaining({
    failure: expect.objectContaining({ code: 'CONFLICT', reason, facts: expect.objectContaining(facts) }),
  });
export const refused = (code: string) =>
  expect.objectContaining({ failure: expect.objectContaining({ code }) });
