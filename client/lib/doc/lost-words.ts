import * as Y from 'yjs';
import { encodeUpdate, type Struct } from '../../../shared/encode-update.ts';
import type { Letter } from './letters.ts';

/**
 * What this page wrote, the server once had and has no more (an older backup was restored): an update of the page's own pieces to
 * be kept like unsaved work. Undefined where all that the server lacks is in letters. `missing`: what the server lacks.
 */
export function lostWords(
  doc: Y.Doc,
  serverHas: Uint8Array,
  missing: Uint8Array,
  letters: readonly Letter[],
): Uint8Array | undefined {
  const own = doc.clientID;
  const there = Y.decodeStateVector(serverHas).get(own) ?? 0;
  if (there >= Y.getState(doc.store, own)) return undefined;
  const starts = letters.map(({ update }) => Y.parseUpdateMeta(update).from.get(own) ?? Infinity);
  if (Math.min(...starts) <= there) return undefined;
  const { structs, ds } = Y.decodeUpdate(missing);
  const run = (structs as Struct[]).filter(({ id }) => id.client === own);
  if (run.length === 0) return undefined;
  const deleted = ds.clients.get(own);
  return encodeUpdate(new Map([[own, run]]), new Map(deleted ? [[own, deleted]] : []));
}
