import * as Y from 'yjs';
import { MAX_UPDATE_BYTES } from '../../../shared/live-document.ts';
import { withoutDeletedText } from './deleted-text.ts';

/**
 * Applies updates made elsewhere, as one. Returns it; 'known' when the document had it all, 'stranded' (and nothing is applied)
 * when it hangs on what is not there, or is too large to be sent.
 */
export function replay(
  doc: Y.Doc,
  updates: readonly Uint8Array[],
  origin: unknown,
): Uint8Array | 'known' | 'stranded' {
  const update = withoutDeletedText(Y.mergeUpdates([...updates]));
  if (update.byteLength > MAX_UPDATE_BYTES || !fitsOn(doc, update)) return 'stranded';
  let news = false;
  const notice = (): void => {
    news = true;
  };
  doc.on('update', notice);
  Y.applyUpdate(doc, update, origin);
  doc.off('update', notice);
  return news ? update : 'known';
}

/** True if everything that the update hangs on is in the document. */
function fitsOn(doc: Y.Doc, update: Uint8Array): boolean {
  const trial = new Y.Doc();
  Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(trial, update);
  const fits = !trial.store.pendingStructs && !trial.store.pendingDs;
  trial.destroy();
  return fits;
}
