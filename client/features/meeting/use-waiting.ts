import { useEffect } from 'react';
import type { DoorRequest } from '../../../shared/contract/session.ts';
import { live } from '../../lib/live.ts';
import { keyOf, queries, useAsk } from '../../lib/query.ts';
import type { Room } from './room.ts';

const LOOK_MS = 20_000;
/** Without a line nobody tells us. */
const POLL_MS = 4_000;

/** Who waits at the door: told over the line, asked for when the line comes (back) and from time to time. */
export function useWaiting({ state, view, can }: Room): readonly DoorRequest[] {
  const { sessionId } = state;
  const admits = can('session:admit') && state.phase !== 'ended';
  const connected = view.link === 'connected';
  const every = connected ? LOOK_MS : POLL_MS;
  const { data, retry } = useAsk('session.waiting', { sessionId }, { when: admits, every });
  useEffect(
    () =>
      live.on('door:asked', (told) => {
        if (told.sessionId === sessionId)
          queries.setQueryData(keyOf('session.waiting', { sessionId }), told.waiting);
      }),
    [sessionId],
  );
  useEffect(() => {
    if (admits && connected) retry();
  }, [admits, connected, retry]);
  return admits ? (data ?? []) : [];
}
