import * as Y from 'yjs';
import { encodeUpdate, type Struct } from '../../../shared/encode-update.ts';

type Ranges = readonly { clock: number; len: number }[];

/**
 * The same update without the text that it inserts and deletes again: half-typed pinyin is gone for good and need not be
 * shown to anybody. (An undo manager keeps deleted text, so that Yjs itself would send it.)
 */
export function withoutDeletedText(update: Uint8Array): Uint8Array {
  const { structs, ds } = Y.decodeUpdate(update);
  if (ds.clients.size === 0 || structs.length === 0) return update;
  const runs = new Map<number, Struct[]>();
  for (const struct of structs as Struct[]) {
    const { client } = struct.id;
    const run = runs.get(client) ?? [];
    run.push(...blanked(struct, ds.clients.get(client) ?? []));
    runs.set(client, run);
  }
  return encodeUpdate(runs, ds.clients);
}

/** The struct, in up to three pieces, those that are deleted without their text. */
function blanked(struct: Struct, deleted: Ranges): Struct[] {
  if (!(struct instanceof Y.Item) || !holdsWords(struct.content)) return [struct];
  const pieces: Y.Item[] = [];
  let rest: Y.Item = struct;
  for (const { clock, len } of deleted) {
    const from = Math.max(clock, rest.id.clock);
    const to = Math.min(clock + len, rest.id.clock + rest.length);
    if (from >= to) continue;
    if (from > rest.id.clock) {
      const right = split(rest, from - rest.id.clock);
      pieces.push(rest);
      rest = right;
    }
    const tail = to < rest.id.clock + rest.length ? split(rest, to - rest.id.clock) : undefined;
    rest.content = new Y.ContentDeleted(rest.length);
    pieces.push(rest);
    if (!tail) return pieces;
    rest = tail;
  }
  return [...pieces, rest];
}

/** Columns in which nobody writes words, as a new row brings them; later only their ids can be told from words. */
const CODES = new Set([
  'topic',
  'source',
  'proposedOn',
  'status',
  'messageId',
  'sessionId',
  'proposer',
  'order',
]);
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** Letters, or the values of short columns. */
const holdsWords = (content: unknown): boolean =>
  content instanceof Y.ContentString || content instanceof Y.ContentAny;

/** Cuts an item that is in no document; it keeps the left part. */
function split(item: Y.Item, at: number): Y.Item {
  const { client, clock } = item.id;
  const content = item.content.splice(at);
  item.length = at;
  const before = Y.createID(client, clock + at - 1);
  return new Y.Item(
    Y.createID(client, clock + at),
    null,
    before,
    null,
    item.rightOrigin,
    null,
    null,
    content,
  );
}

/** The words that these updates would add, for a person to copy when they can no longer be saved. */
export function wordsOf(updates: readonly Uint8Array[]): string {
  if (updates.length === 0) return '';
  const { structs, ds } = Y.decodeUpdate(withoutDeletedText(Y.mergeUpdates([...updates])));
  const words: string[] = [];
  let end = '';
  for (const struct of structs as Struct[]) {
    const { client, clock } = struct.id;
    // A value of a short column stands by itself, whatever it replaces.
    const at = struct instanceof Y.Item && struct.content instanceof Y.ContentString && struct.origin;
    const text = isDeleted(struct, ds.clients.get(client) ?? []) ? '' : textIn(struct);
    if (text) {
      const goesOn = at && `${at.client}:${at.clock}` === end;
      if (goesOn && words.length > 0) words.push(`${words.pop()}${text}`);
      else words.push(text);
    }
    if (text || struct instanceof Y.Item) end = `${client}:${clock + struct.length - 1}`;
  }
  return words.join('\n');
}

const isDeleted = (struct: Struct, ranges: Ranges): boolean =>
  ranges.some(({ clock, len }) => clock <= struct.id.clock && clock + len >= struct.id.clock + struct.length);

function textIn(struct: Struct): string {
  if (!(struct instanceof Y.Item)) return '';
  if (struct.content instanceof Y.ContentString) return struct.content.str;
  if (!(struct.content instanceof Y.ContentAny)) return '';
  if (struct.parentSub !== null && CODES.has(struct.parentSub)) return '';
  return struct.content.arr.filter((value) => typeof value === 'string' && !ID.test(value)).join('\n');
}
