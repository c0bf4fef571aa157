import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import { type CollabServer, same, startCollab, textOf, until } from '../support/collab-server.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { lu, openLive, zhou } from '../support/open-live.ts';

let log: MemoryUpdateLog;
let server: CollabServer;
const open: LiveDocument[] = [];

beforeEach(async () => {
  log = new MemoryUpdateLog();
  server = await startCollab(log);
});
afterEach(async () => {
  for (const live of open.splice(0)) live.destroy();
  log.go();
  await server.stop();
});

function live(options: Parameters<typeof openLive>[1]): LiveDocument {
  const opened = openLive(server.url, options);
  open.push(opened);
  return opened;
}
const saved = (document: LiveDocument): Promise<void> =>
  until('all is saved', () => document.status.get().kind === 'saved');

describe('a live document in the browser', () => {
  it('says saved once what was written is on the disk, deletions included', async () => {
    const [a, b] = [live({ person: zhou }), live({ person: lu })];
    await Promise.all([saved(a), saved(b)]);
    a.doc.getText('t').insert(0, '问题清单');
    expect(a.status.get().kind).toBe('saving');
    await saved(a);
    await until('the other sees it', () => textOf(b.doc) === '问题清单');
    a.doc.getText('t').delete(0, 2);
    expect(a.status.get().kind).toBe('saving');
    await saved(a);
    await until('the other sees the deletion', () => textOf(b.doc) === '清单');
    expect(same(a.doc, b.doc)).toBe(true);
  });

  it('says unsaved within two seconds when the store stalls, and saved after it came back', async () => {
    const a = live({ person: zhou });
    await saved(a);
    log.stall();
    const start = Date.now();
    a.doc.getText('t').insert(0, '字');
    await until('unsaved is shown', () => a.status.get().kind === 'unsaved', 4_000);
    expect(Date.now() - start).toBeLessThanOrEqual(2_000);
    log.go();
    await saved(a);
  });
});
