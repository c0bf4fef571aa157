import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { holdWhileComposing } from '../../client/lib/doc/hold-while-composing.ts';
import type { LiveDocument, OpenOptions } from '../../client/lib/doc/open-document.ts';
import { FRAME } from '../../shared/live-document.ts';
import { type CollabServer, same, startCollab, textOf, until } from '../support/collab-server.ts';
import { browserLocks } from '../support/browser-locks.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import {
  deadDisk,
  disk,
  hangingDisk,
  lines,
  lockedTabs,
  lu,
  openLive,
  rowsIn,
  tabOf,
  wire,
  zhou,
} from '../support/open-live.ts';

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
const saidSaved = (document: LiveDocument): boolean => document.status.get().kind === 'saved';
const saved = (document: LiveDocument): Promise<void> => until('all is saved', () => saidSaved(document));

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

describe('unsaved work', () => {
  it('of a killed tab is sent by the next tab of the same person, and only by that person', async () => {
    const factory = disk();
    const outbox = { factory, beatMs: 20, deadMs: 100 };
    const tab = tabOf(factory);
    const first = live({ person: zhou, outbox: { ...outbox, factory: tab.factory } });
    await saved(first);
    log.failAppends = true;
    first.doc.getText('t').insert(0, '没存的话');
    await until('it is tried', () => log.appends > 0);
    await server.stop();
    tab.kill();
    log.failAppends = false;
    server = await startCollab(log);
    const other = live({ person: lu, outbox });
    await saved(other);
    expect(await other.unsavedWords()).toBe('');
    const again = live({ person: zhou, outbox });
    await until('the other sees it', () => textOf(other.doc) === '没存的话');
    await saved(again);
    expect(await again.unsavedWords()).toBe('');
    await until('the outbox is empty', async () => (await rowsIn(factory)) === 0);
  });

  it('written without a line is shown as unsaved, and saved when the server is back', async () => {
    const a = live({ person: zhou });
    await saved(a);
    await server.stop();
    await until('offline is shown', () => a.status.get().kind === 'offline');
    a.doc.getText('t').insert(0, '离线');
    await until('unsaved is shown', () => a.status.get().kind === 'unsaved');
    expect(a.status.get()).toMatchObject({ waiting: 1, kept: true });
    server = await startCollab(log, server.port);
    await saved(a);
    expect(await server.documents.read('list.a', textOf)).toBe('离线');
  });

  it('is neither replayed nor deleted when rights are gone: its words can be copied', async () => {
    const factory = disk();
    const a = live({ person: zhou, outbox: { factory, beatMs: 20, deadMs: 100 } });
    await saved(a);
    log.stall();
    a.doc.getText('t').insert(0, '草稿nihao一段');
    a.doc.getText('t').delete(2, 5);
    await until('it is being stored', () => log.appends > 0);
    server.rights.set('zhou', 'forbidden');
    await server.documents.recheck(() => true);
    await until('denied is shown', () => a.status.get().kind === 'denied');
    expect(a.status.get().reason).toBe('forbidden');
    expect(await a.unsavedWords()).toBe('草稿一段');
    expect(await rowsIn(factory)).toBe(2);
  });

  it('of a tab that lost the right to write is kept, and told when the right comes back', async () => {
    const a = live({ person: zhou });
    await saved(a);
    server.rights.set('zhou', 'read');
    await server.documents.recheck(() => true);
    await until('it is told', () => a.status.get().reason === 'read-only');
    a.doc.getText('t').insert(0, '等等');
    expect(await a.unsavedWords()).toBe('等等');
    server.rights.set('zhou', 'write');
    await server.documents.recheck(() => true);
    await saved(a);
    expect(await server.documents.read('list.a', textOf)).toBe('等等');
  });

  it('that hangs on a base that is gone is kept and offered, not forced on the document', async () => {
    const factory = disk();
    const outbox = { factory, beatMs: 20, deadMs: 100 };
    const tab = tabOf(factory);
    const first = live({ person: zhou, outbox: { ...outbox, factory: tab.factory } });
    await saved(first);
    first.doc.getText('t').insert(0, '旧文');
    await saved(first);
    log.failAppends = true;
    first.doc.getText('t').insert(2, '尾巴');
    await until('it is tried', () => log.appends > 1);
    await server.stop();
    tab.kill();
    log = new MemoryUpdateLog();
    server = await startCollab(log);
    const again = live({ person: zhou, outbox });
    await until('it is shown', () => again.status.get().reason === 'stranded');
    expect(again.status.get()).toMatchObject({ kind: 'unsaved', waiting: 1 });
    expect(await again.unsavedWords()).toBe('尾巴');
    expect(textOf(again.doc)).toBe('');
    expect(await rowsIn(factory)).toBe(1);
    again.forgetStranded();
    await saved(again);
    await until('it is no longer kept', async () => (await rowsIn(factory)) === 0);
  });

  it('lives as long as the page where the browser keeps nothing, and the status says so', async () => {
    const a = live({ person: zhou, outbox: { factory: undefined } });
    await saved(a);
    expect(a.status.get().kept).toBe(false);
    a.doc.getText('t').insert(0, '字');
    await saved(a);
  });

  it('of two living tabs of one person is sent by each once', async () => {
    const outbox = { factory: disk(), beatMs: 20, deadMs: 5_000 };
    const [a, b] = [live({ person: zhou, outbox }), live({ person: zhou, outbox })];
    await Promise.all([saved(a), saved(b)]);
    a.doc.getText('t').insert(0, '甲');
    b.doc.getText('t').insert(0, '乙');
    await until('both see both', () => textOf(a.doc).length === 2 && textOf(b.doc).length === 2);
    await Promise.all([saved(a), saved(b)]);
    expect(same(a.doc, b.doc)).toBe(true);
  });

  it('on its way is waited for when the document is left', async () => {
    const a = live({ person: zhou });
    await saved(a);
    a.doc.getText('t').insert(0, '最后');
    a.destroy();
    await until('it is stored', () => log.rows.has('list.a'));
  });

  it('too large for one update stops for good instead of reconnecting for ever', async () => {
    const a = live({ person: zhou });
    await saved(a);
    const large = 'x'.repeat(1_000_100);
    expect(a.fits(large)).toBe(false);
    expect(a.fits('一段话')).toBe(true);
    a.doc.getText('t').insert(0, large);
    expect(a.status.get()).toMatchObject({ kind: 'denied', reason: 'too-large' });
    expect(log.rows.size).toBe(0);
    expect(await a.unsavedWords()).toBe(large);
  });
});

type OutboxOptions = NonNullable<OpenOptions['outbox']>;

describe('the mark', () => {
  /** Each mark that is shown from now on, with the text that it is shown for. */
  const marksOf = (a: LiveDocument): string[] => {
    const marks: string[] = [];
    a.status.subscribe(() => marks.push(`${a.status.get().kind}: ${textOf(a.doc)}`));
    return marks;
  };
  const nowhere = 'ws://127.0.0.1:1/collab';
  /** A tab whose words stay in the outbox because it has no line. */
  const writesOffline = async (outbox: OutboxOptions, factory: IDBFactory): Promise<LiveDocument> => {
    const tab = live({ person: zhou, url: nowhere, outbox });
    tab.doc.getText('t').insert(0, '没存的话');
    await until('it is in the outbox', async () => (await rowsIn(factory)) === 1);
    return tab;
  };

  it('does not say saved while a tab that was killed a moment ago may have left words', async () => {
    const factory = disk();
    const outbox = { factory, beatMs: 50, deadMs: 1_500, locks: undefined };
    const tab = tabOf(factory);
    await writesOffline({ ...outbox, factory: tab.factory }, factory);
    tab.kill();
    const again = live({ person: zhou, outbox });
    const marks = marksOf(again);
    await saved(again);
    expect(marks).toContain('saving: ');
    expect(marks.filter((mark) => mark.startsWith('saved'))).toEqual(['saved: 没存的话']);
    expect(await server.documents.read('list.a', textOf)).toBe('没存的话');
  });

  it('needs no time for that where the browser has locks', async () => {
    const factory = disk();
    const browser = browserLocks();
    const [tab, dead] = [tabOf(factory), browser.tab()];
    await writesOffline({ factory: tab.factory, locks: dead.locks, beatMs: 20 }, factory);
    await until('it is known to live', async () => (await lockedTabs(factory)) === 1);
    tab.kill();
    dead.kill();
    const again = live({ person: zhou, outbox: { factory, locks: browser.tab().locks } });
    const marks = marksOf(again);
    await until('it is on the server', async () => (await server.documents.read('list.a', textOf)) !== '');
    await saved(again);
    expect(marks.filter((mark) => mark.startsWith('saved'))).toEqual(['saved: 没存的话']);
  });

  it.each(['without', 'with'])('of one tab does not wait for a living other one, %s locks', async (how) => {
    const factory = disk();
    const browser = browserLocks();
    // With locks no sign of life comes in time to end a doubt.
    const outbox = () =>
      how === 'with'
        ? { factory, beatMs: 60_000, deadMs: 120_000, locks: browser.tab().locks }
        : { factory, beatMs: 30, deadMs: 4_000, locks: undefined };
    const other = await writesOffline(outbox(), factory);
    if (how === 'with') await until('it is known to live', async () => (await lockedTabs(factory)) === 1);
    const a = live({ person: zhou, outbox: outbox() });
    await saved(a);
    a.doc.getText('t').insert(0, '甲');
    await saved(a);
    expect(textOf(a.doc)).toBe('甲');
    expect(await rowsIn(factory)).toBe(1);
    expect(other.status.get().kind).not.toBe('saved');
  });
});

describe('a browser whose store hangs', () => {
  const reaches = async (text: string): Promise<boolean> =>
    (await server.documents.read('list.a', textOf)) === text;
  const writes = async (a: LiveDocument, text: string): Promise<number> => {
    const start = Date.now();
    a.doc.getText('t').insert(textOf(a.doc).length, text);
    await until('it is on the server', () => reaches(textOf(a.doc)));
    return Date.now() - start;
  };

  it('from the first moment on delays nothing by more than two seconds, and is not said to keep anything', async () => {
    const a = live({ person: zhou, outbox: { factory: deadDisk() } });
    await until('the document is here', () => a.synced);
    expect(await writes(a, '一')).toBeLessThanOrEqual(2_500);
    await saved(a);
    expect(a.status.get()).toMatchObject({ waiting: 0, kept: false });
    // It is known now, and not waited for again.
    expect(await writes(a, '二')).toBeLessThanOrEqual(1_000);
    expect(a.status.get().kept).toBe(false);
    expect(await a.unsavedWords()).toBe('');
  });

  it('in the middle of the work is not waited for either, and is believed again once it answers', async () => {
    const store = hangingDisk();
    const a = live({ person: zhou, outbox: { factory: store.factory } });
    await saved(a);
    expect(a.status.get().kept).toBe(true);
    store.hang();
    expect(await writes(a, '一')).toBeLessThanOrEqual(2_500);
    await saved(a);
    expect(a.status.get().kept).toBe(false);
    store.mend();
    await writes(a, '二');
    await until('it is kept again', () => a.status.get().kept);
  });

  it('sends nothing half-typed because of that', async () => {
    const a = live({ person: zhou, outbox: { factory: deadDisk() } });
    await until('the document is here', () => a.synced);
    wire.length = 0;
    a.hold(true);
    a.doc.getText('t').insert(0, 'qzw');
    await until('the store is given up', () => !a.status.get().kept);
    a.doc.getText('t').insert(3, 'qzx');
    a.doc.getText('t').delete(0, 6);
    a.doc.getText('t').insert(0, '你');
    a.hold(false);
    await until('it is on the server', () => reaches('你'));
    expect(Buffer.concat(wire).toString('latin1')).not.toMatch(/qzw|qzx/);
  });
});

describe('a composition', () => {
  it('sends no half-typed pinyin, keeps it in the outbox, and is not disturbed by others', async () => {
    const factory = disk();
    const [a, b] = [live({ person: zhou, outbox: { factory } }), live({ person: lu })];
    await Promise.all([saved(a), saved(b)]);
    new Y.UndoManager(a.doc.getText('t'));
    const editor = new EventTarget();
    const stop = holdWhileComposing(a, editor);
    wire.length = 0;
    editor.dispatchEvent(new Event('compositionstart'));
    a.doc.getText('t').insert(0, 'qzw');
    a.doc.getText('t').insert(3, 'qzx');
    b.doc.getText('t').insert(0, '远');
    await saved(b);
    await until('it is in the outbox', async () => (await rowsIn(factory)) === 2);
    expect(textOf(a.doc)).toBe('qzwqzx');
    a.doc.getText('t').delete(0, 6);
    a.doc.getText('t').insert(0, '你好');
    editor.dispatchEvent(new Event('compositionend'));
    await saved(a);
    await until('both have both', () => textOf(a.doc) === textOf(b.doc) && textOf(b.doc).length === 3);
    expect(textOf(b.doc)).toContain('你好');
    const sent = Buffer.concat(wire).toString('latin1');
    expect(sent).not.toMatch(/qzw|qzx/);
    await until('the outbox is empty', async () => (await rowsIn(factory)) === 0);
    stop();
  });

  it('that is cut off and comes back still sends none of it', async () => {
    const a = live({ person: zhou });
    await saved(a);
    wire.length = 0;
    a.hold(true);
    a.doc.getText('t').insert(0, 'qzw');
    for (const line of [...lines]) line.terminate();
    await until('it is cut', () => a.status.get().kind !== 'saving');
    await until('it is back', () => lines.size === 1 && wire.length > 0);
    a.doc.getText('t').delete(0, 3);
    a.doc.getText('t').insert(0, '你');
    a.hold(false);
    await saved(a);
    expect(Buffer.concat(wire).toString('latin1')).not.toContain('qzw');
    expect(await server.documents.read('list.a', textOf)).toBe('你');
  });
});

describe('where somebody is', () => {
  it('is told by himself alone: who hears it sends nothing back', async () => {
    const [a, ...others] = [zhou, lu, { id: 'li', name: '李静' }].map((person) => live({ person }));
    await until('each sees all', () =>
      [a!, ...others].every((each) => saidSaved(each) && each.awareness.getStates().size === 3),
    );
    wire.length = 0;
    for (let n = 1; n <= 20; n++) a!.awareness.setLocalStateField('cell', `r${n}`);
    const seenBy = (each: LiveDocument): unknown => each.awareness.getStates().get(a!.doc.clientID)?.['cell'];
    await until('the others see the last', () => others.every((each) => seenBy(each) === 'r20'));
    expect(wire.filter(([type]) => type === FRAME.awareness).length).toBe(20);
  });
});

describe('a reader of a live document', () => {
  it('sees what others write and has nothing to save', async () => {
    server.rights.set('lu', 'read');
    const [a, b] = [live({ person: zhou }), live({ person: lu, readOnly: true })];
    await Promise.all([saved(a), saved(b)]);
    a.doc.getText('t').insert(0, '公开');
    await until('the reader sees it', () => textOf(b.doc) === '公开');
    expect(b.status.get().kind).toBe('saved');
  });

  it('to whom the document is gone is told why and does not come back', async () => {
    server.rights.set('lu', 'gone');
    const b = live({ person: lu, readOnly: true });
    await until('it is told', () => b.status.get().kind === 'denied');
    expect(b.status.get().reason).toBe('gone');
    expect(lines.size).toBe(0);
  });
});
