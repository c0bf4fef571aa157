import { useEffect } from 'react';
import type { MessageKind } from '../../../shared/log.ts';
import { type Kept, useKept } from '../../lib/kept.ts';
import { openShelf } from './shelf.ts';

/** What is typed in the composer but not yet sent. */
export interface Speech {
  text: string;
  kind: MessageKind;
}

export const speechAt = (sessionId: string): string => `say.${sessionId}`;

/** The half-written message of this person in this room, and its store. */
export function useDraft(personId: string, sessionId: string): [Speech | undefined, Kept<Speech>] {
  const kept = useKept<Speech>(personId, speechAt(sessionId));
  const store = kept[1];
  useEffect(() => {
    // Where an older version of the page kept it.
    const key = `poli.draft.${personId}.${sessionId}`;
    const text = openShelf().getItem(key);
    if (text === null) return;
    openShelf().removeItem(key);
    if (store.read() === undefined) store.write({ text, kind: 'speech' });
  }, [personId, sessionId, store]);
  return kept;
}
