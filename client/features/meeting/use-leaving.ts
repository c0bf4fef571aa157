import { useLocation } from 'wouter';
import { newId } from '../../../shared/ids.ts';
import { live } from '../../lib/live.ts';
import { inside, useRoom } from './room.ts';

/** The way out of the room; undefined for who is not in it, or when it is over. */
export function useLeaving(): (() => void) | undefined {
  const { state, myId } = useRoom();
  const [, navigate] = useLocation();
  const me = state.people[myId];
  if (!me || !inside(me) || state.phase === 'ended') return undefined;
  return () => {
    // First away from the page: a room that is in sight enters again by itself.
    navigate('/');
    live.call('session.leave', { sessionId: state.sessionId, id: newId() }).catch(() => undefined);
  };
}
