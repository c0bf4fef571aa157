import { useEffect, useState } from 'react';
import type { MinutesView } from '../../../shared/contract/minutes.ts';
import type { RoomSession, SessionView } from '../../../shared/contract/session.ts';
import type { Failure } from '../../../shared/errors.ts';
import type { SessionState } from '../../../shared/log.ts';
import { live } from '../../lib/live.ts';
import { keyOf, queries, useAsk, useRefresh } from '../../lib/query.ts';

export interface MinutesSource {
  session: SessionView | undefined;
  view: MinutesView | undefined;
  /** The room behind the minutes, for names and items. */
  room: SessionState | undefined;
  failure: Failure | undefined;
  retry: () => void;
}

const phaseOf = (sessionId: string) =>
  queries.getQueryData<SessionView>(keyOf('session.get', { sessionId }))?.phase;

/** Opens the room's line for this page: whatever changes the minutes or the log is asked for anew. */
function useRoom(sessionId: string): SessionState | undefined {
  const [room, setRoom] = useState<SessionState>();
  const refresh = useRefresh();
  useEffect(() => {
    let gone = false;
    const open = () =>
      live.call('session.open', { sessionId }).then(
        ({ state }) => {
          if (gone) return;
          setRoom(state);
          // What the cache kept may be older than the line, of which this page has heard nothing yet.
          const known = phaseOf(sessionId);
          if (known !== undefined && known !== state.phase) void refresh('session.get');
        },
        // The page stands on its own questions; without the line it is only not told of changes.
        () => undefined,
      );
    const again = (told: { sessionId: string }) => {
      if (told.sessionId === sessionId) void refresh('minutes.open');
    };
    // What the log says has changed, too: pages of it that are kept count no more.
    const anew = (told: { sessionId: string }) => {
      if (told.sessionId === sessionId) void refresh('minutes.open', 'session.entries');
    };
    const heed = ({ session }: { session: RoomSession }) => {
      const before = phaseOf(sessionId);
      queries.setQueryData<SessionView>(
        keyOf('session.get', { sessionId }),
        (known) => known && { ...known, ...session },
      );
      if (session.phase === 'ended' && before !== 'ended') anew({ sessionId });
    };
    const offs = [
      live.on('minutes:changed', again),
      live.on('session:changed', (told) => {
        if (told.sessionId === sessionId) heed(told);
      }),
      live.on('entry:appended', (told) => {
        // While the meeting runs there are no minutes; that it ends or goes on again is told above.
        const runs = phaseOf(sessionId) !== 'ended' || told.entries.some((each) => each.kind === 'resumed');
        if (!runs) anew(told);
      }),
      live.onLink((link) => {
        if (link !== 'connected') return;
        void open();
        // Nobody has told this page what happened while it had no line.
        void refresh('session.get');
        anew({ sessionId });
      }),
    ];
    void open();
    return () => {
      gone = true;
      for (const off of offs) off();
      if (live.link() === 'connected') live.call('session.close', { sessionId }).catch(() => undefined);
    };
  }, [sessionId, refresh]);
  return room;
}

export function useMinutes(sessionId: string): MinutesSource {
  const session = useAsk('session.get', { sessionId });
  const minutes = useAsk('minutes.open', { sessionId }, { when: session.data?.phase === 'ended' });
  const room = useRoom(sessionId);
  const ended = session.data?.phase === 'ended';
  return {
    session: session.data,
    view: ended ? minutes.data : undefined,
    room,
    failure: session.failure ?? (ended ? minutes.failure : undefined),
    retry: session.failure ? session.retry : minutes.retry,
  };
}

/** What a command answered is what everybody reads next; an older answer never takes its place. */
export function keepView(view: MinutesView): void {
  queries.setQueryData<MinutesView>(keyOf('minutes.open', { sessionId: view.sessionId }), (known) =>
    known && known.version > view.version ? known : view,
  );
}
