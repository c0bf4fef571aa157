import { useCallback, useState } from 'react';
import { openShelf } from './shelf.ts';

/** What is typed but not yet sent, kept on the device over reloads under this person and session. */
export function useDraft(personId: string, sessionId: string): [string, (text: string) => void] {
  const key = `poli.draft.${personId}.${sessionId}`;
  const [text, setText] = useState(() => openShelf().getItem(key) ?? '');
  const set = useCallback(
    (next: string) => {
      setText(next);
      try {
        if (next === '') openShelf().removeItem(key);
        else openShelf().setItem(key, next);
      } catch {
        // Full: the words live as long as the page.
      }
    },
    [key],
  );
  return [text, set];
}
