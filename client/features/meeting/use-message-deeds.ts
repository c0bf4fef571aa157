import { useMemo } from 'react';
import type { SessionStore } from '../../lib/session.ts';
import type { Room } from './room.ts';

/** What can be done to a message. One object for all lines, so that they are drawn again only when they change. */
export interface MessageDeeds {
  recall(messageId: string): void;
  hide(messageId: string): void;
  show(messageId: string): void;
  pin(messageId: string): void;
  unpin(messageId: string): void;
  mark(messageId: string): void;
  unmark(messageId: string): void;
  takeUp(messageId: string): void;
  showRow(rowId: string): void;
}

export function useMessageDeeds(
  store: SessionStore,
  run: Room['run'],
  showRow: (rowId: string) => void,
): MessageDeeds {
  return useMemo(
    () => ({
      recall: (messageId) => void run(() => store.act('session.recall', { messageId })),
      hide: (messageId) => void run(() => store.act('session.hide', { messageId })),
      show: (messageId) => void run(() => store.act('session.show', { messageId })),
      pin: (messageId) => void run(() => store.act('session.pin', { messageId })),
      unpin: (messageId) => void run(() => store.act('session.unpin', { messageId })),
      mark: (messageId) => void run(() => store.act('session.mark', { messageId })),
      unmark: (messageId) => void run(() => store.act('session.unmark', { messageId })),
      takeUp: (messageId) => void run(() => store.takeUp(messageId)),
      showRow,
    }),
    [store, run, showRow],
  );
}
