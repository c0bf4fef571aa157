import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { judge } from '../../server/collab/gatekeeper.ts';
import { Held } from '../../server/collab/held.ts';
import { Journal } from '../../server/collab/journal.ts';
import { Ledger, ledgerOf } from '../../server/collab/ledger.ts';
import { testLog } from '../support/collab-server.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';

const written = (text: string): { id: number; update: Uint8Array } => {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, text);
  return { id: doc.clientID, update: Y.encodeStateAsUpdate(doc) };
};

describe('the ledger of a document (CO13)', () => {
  it('binds an id to the first who writes under it, and refuses everybody else from then on', () => {
    const ledger = new Ledger();
    const author = new Y.Doc();
    const updates: Uint8Array[] = [];
    author.on('update', (update: Uint8Array) => updates.push(update));
    author.getText('t').insert(0, '一');
    author.getText('t').insert(1, '二');
    const known = new Map<number, number>();
    const held = new Held([]);
    expect(judge(updates[0]!, known, held, ledger.sender('zhou')).pass).toBe(true);
    expect(judge(updates[1]!, known, held, ledger.sender('he'))).toEqual({ pass: false, why: 'owner' });
    expect(known.get(author.clientID)).toBe(1);
    expect(judge(updates[1]!, known, held, ledger.sender('zhou')).pass).toBe(true);
  });

  it('lets anybody repeat what is known already', () => {
    const ledger = new Ledger();
    const { update } = written('一');
    const known = new Map<number, number>();
    judge(update, known, new Held([]), ledger.sender('zhou'));
    expect(judge(update, known, new Held([]), ledger.sender('he')).pass).toBe(true);
  });

  it('makes nobody the owner of what others wrote when somebody brings it all at once', () => {
    const ledger = new Ledger();
    const [a, b] = [written('一'), written('二')];
    const both = Y.mergeUpdates([a.update, b.update]);
    expect(judge(both, new Map(), new Held([]), ledger.sender('zhou')).pass).toBe(true);
    expect(ledger.sender('lu').owns(b.id)).toBe(true);
    expect(ledger.hasNews).toBe(false);
  });

  it('binds nothing when a frame is refused', () => {
    const ledger = new Ledger();
    const { id, update } = written('一');
    const bent = Uint8Array.from([...update.slice(0, -1), 1, 5, 1, 9, 9]);
    expect(judge(bent, new Map(), new Held([]), ledger.sender('he')).pass).toBe(false);
    expect(ledger.sender('zhou').owns(id)).toBe(true);
  });

  it('reads back what it wrote; of two rows that disagree the earlier holds', () => {
    const [first, second] = [new Ledger(), new Ledger()];
    first.bind(7, 'zhou');
    second.bind(7, 'he');
    second.bind(2 ** 32 - 1, '陆远航');
    const again = new Ledger([first.takeNews()!, second.takeNews()!]);
    expect(again.sender('zhou').owns(7)).toBe(true);
    expect(again.sender('he').owns(7)).toBe(false);
    expect(again.sender('陆远航').owns(2 ** 32 - 1)).toBe(true);
    expect(again.sender('he').owns(2 ** 32 - 1)).toBe(false);
  });
});

describe('the stored ledger (CO14)', () => {
  it('is in the same append as the update, before it', async () => {
    const log = new MemoryUpdateLog();
    const journal = new Journal(log, testLog);
    const ledger = new Ledger();
    ledger.bind(7, 'zhou');
    await journal.append({ doc: 'list.a', update: new Uint8Array([0, 0]), bindings: ledger.takeNews() });
    expect(log.appends).toBe(1);
    expect([...log.rows.keys()]).toEqual([ledgerOf('list.a'), 'list.a']);
  });

  it('is gathered into one row when it has many, and says the same afterwards', async () => {
    const log = new MemoryUpdateLog();
    const ledger = new Ledger();
    for (let id = 1; id <= 300; id++) {
      ledger.bind(id, `p${id % 7}`);
      await log.append([{ doc: ledgerOf('list.a'), update: ledger.takeNews()! }]);
    }
    await new Journal(log, testLog).load('list.a');
    expect(log.rows.get(ledgerOf('list.a'))).toHaveLength(1);
    const again = await new Journal(log, testLog).load('list.a');
    for (let id = 1; id <= 300; id++) {
      expect(again.ledger.sender(`p${id % 7}`).owns(id)).toBe(true);
      expect(again.ledger.sender('he').owns(id)).toBe(false);
    }
  });
});
