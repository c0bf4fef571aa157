import { useEffect, useState } from 'react';
import type { RoomSession } from '../../../shared/contract/session.ts';
import { api } from '../../lib/api.ts';
import { useAct, useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Card } from '../../ui/Card.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Tick } from '../../ui/Field.tsx';
import styles from './InvitePanel.module.css';
import { sessionWords } from './words.ts';

/** 仅限花名册: takes effect with the press, for who comes from now on. */
export function RosterOnly({
  session,
}: {
  session: Pick<RoomSession, 'sessionId' | 'phase' | 'rosterOnly'>;
}) {
  const words = useWords(sessionWords);
  const refresh = useRefresh();
  const act = useAct();
  const { sessionId } = session;
  const [wished, setWished] = useState<boolean>();
  const on = wished ?? session.rosterOnly;
  // The room hears of it by its own line, a moment later than the answer.
  useEffect(() => setWished(undefined), [session.rosterOnly]);
  const set = async (rosterOnly: boolean) => {
    setWished(rosterOnly);
    const done = await act.run(async () => {
      await api.session.setRosterOnly({ sessionId, rosterOnly });
      await refresh('session.get');
    });
    if (!done) setWished(undefined);
  };
  if (session.phase === 'ended') return null;
  return (
    <Card pad className={styles.panel} aria-label={words.whoMayEnter}>
      <h2>{words.whoMayEnter}</h2>
      <Tick checked={on} disabled={act.busy} onChange={(event) => void set(event.target.checked)}>
        {words.rosterOnly}
      </Tick>
      <small>{on ? words.rosterOnlyOn : words.rosterOnlyOff}</small>
      {act.failure && <ErrorNote failure={act.failure} />}
    </Card>
  );
}
