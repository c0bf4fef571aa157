import { ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';

/** y-tiptap's own rule: what is deleted with a paragraph or a text that still says something is not ours alone. */
const SPARED = (type: Y.AbstractType<unknown>): boolean =>
  type instanceof Y.Text || (type instanceof Y.XmlElement && type.nodeName === 'paragraph');

/**
 * Undo of one's own changes. Taking back that a paragraph was made a list would take the list away, and with it what others have
 * written into it since; then the list stays.
 */
export function draftUndo(fragment: Y.XmlFragment): Y.UndoManager {
  return new Y.UndoManager(fragment, {
    trackedOrigins: new Set([ySyncPluginKey]),
    captureTransaction: ({ meta }) => meta.get('addToHistory') !== false,
    deleteFilter: ({ content }) => {
      if (!(content instanceof Y.ContentType)) return true;
      const { type } = content;
      return !(SPARED(type) && type._length > 0) && !holdsOthers(type, fragment.doc!.clientID);
    },
  });
}

/** True if somebody else's words stand in it. */
function holdsOthers(type: Y.AbstractType<unknown>, me: number): boolean {
  for (let item = type._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (item.content instanceof Y.ContentType ? holdsOthers(item.content.type, me) : item.id.client !== me)
      return true;
  }
  return false;
}
