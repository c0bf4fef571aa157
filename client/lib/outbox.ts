import type { Failure } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import type { MessageKind } from '../../shared/log.ts';

/**
 * A message that is written but not yet known to be in the log. `sending`: on its way; `waiting`: goes out by itself when
 * the line is back; `refused`: the server said no and why, the words stay here until the author decides.
 */
export interface Pending {
  id: string;
  kind: MessageKind;
  body: string;
  status: 'sending' | 'waiting' | 'refused';
  failure?: Failure;
}
type Kept = Pick<Pending, 'id' | 'kind' | 'body'>;

/** The part of `localStorage` that is used; may throw (private mode, full). */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface Outbox {
  list(): readonly Pending[];
  add(kind: MessageKind, body: string): Pending;
  mark(id: string, status: Pending['status'], failure?: Failure): void;
  remove(id: string): void;
}

/**
 * Unsent messages survive a reload and a dead tab: they are on the shelf under person and session, each with the id that
 * makes sending it twice harmless. Two tabs of one person share the shelf, so each change is read-modify-write.
 */
export function openOutbox(shelf: Shelf, personId: string, sessionId: string): Outbox {
  const key = `poli.outbox.${personId}.${sessionId}`;
  const read = (): Kept[] => {
    try {
      return JSON.parse(shelf.getItem(key) ?? '[]') as Kept[];
    } catch {
      return [];
    }
  };
  const write = (kept: Kept[]): void => {
    try {
      if (kept.length > 0) shelf.setItem(key, JSON.stringify(kept));
      else shelf.removeItem(key);
    } catch {
      // Without a shelf the words live as long as the page.
    }
  };
  let pending: Pending[] = read().map((kept) => ({ ...kept, status: 'waiting' }));
  return {
    list: () => pending,
    add(kind, body) {
      const made: Pending = { id: newId(), kind, body, status: 'waiting' };
      pending = [...pending, made];
      write([...read(), { id: made.id, kind, body }]);
      return made;
    },
    mark(id, status, failure) {
      pending = pending.map((p) =>
        p.id === id
          ? { id, kind: p.kind, body: p.body, status, ...(failure === undefined ? {} : { failure }) }
          : p,
      );
    },
    remove(id) {
      if (!pending.some((p) => p.id === id)) return;
      pending = pending.filter((p) => p.id !== id);
      write(read().filter((kept) => kept.id !== id));
    },
  };
}
