import { createHash } from 'node:crypto';
import * as Y from 'yjs';

/** What a joiner has to end up with. */
export interface MadeDocument {
  /** The whole document as one V1 update. */
  update: Uint8Array;
  digest: string;
}

const AUTHORS = 20;
const WORDS =
  '会议认为问题的共同根子是没有人牵头习惯于等待部署要从自己做起从现在改起每学期听课不少于八节责任到人按月通报';

/** Always the same numbers (a linear congruence, good enough to vary lengths). */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/**
 * A list as people write it: rows with short cells and two long texts, typed in bursts by twenty authors in turn, here and there
 * in the middle, with words taken out again. The same bytes every time.
 */
export function makeDocument(bytes: number): MadeDocument {
  const doc = new Y.Doc();
  const roll = dice(7);
  const authors = Array.from({ length: AUTHORS }, (_, n) => 1_000_003 * (n + 1));
  const rows = doc.getMap<Y.Map<unknown>>('rows');
  const some = (most: number): string => {
    const at = roll(WORDS.length - most);
    return WORDS.slice(at, at + 1 + roll(most));
  };
  for (let size = 0, n = 0; size < bytes; n++) {
    doc.clientID = authors[roll(AUTHORS)]!;
    const row = new Y.Map<unknown>();
    const texts = [new Y.Text(), new Y.Text()];
    doc.transact(() => {
      rows.set(`row-${n}`, row);
      row.set('order', `a${n}`);
      row.set('owner', some(3));
      row.set('problem', texts[0]);
      row.set('reason', texts[1]);
    });
    for (const text of texts) {
      for (let burst = 8 + roll(12); burst > 0; burst--) {
        const middle = text.length > 4 && roll(10) === 0;
        text.insert(middle ? roll(text.length) : text.length, some(10));
        if (text.length > 6 && roll(12) === 0) text.delete(roll(text.length - 3), 1 + roll(3));
      }
    }
    if (n % 10 === 0) size = Y.encodeStateAsUpdate(doc).length;
  }
  const made = { update: Y.encodeStateAsUpdate(doc), digest: digestOf(doc) };
  doc.destroy();
  return made;
}

const byKey = ([a]: unknown[], [b]: unknown[]): number => (String(a) < String(b) ? -1 : 1);

/** Of the content and of the state vector. */
export function digestOf(doc: Y.Doc): string {
  const vector = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b);
  const rows = Object.entries(doc.getMap('rows').toJSON() as Record<string, Record<string, string>>);
  // a map tells its keys in the order in which it came to know them
  const sorted = rows.map(([id, row]) => [id, ...Object.entries(row).sort(byKey)]).sort(byKey);
  const content = JSON.stringify([sorted, vector]);
  return createHash('sha256').update(content).digest('hex');
}

/** Of a document that comes as one update. */
export function digestOfUpdate(update: Uint8Array): string {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  const digest = digestOf(doc);
  doc.destroy();
  return digest;
}
