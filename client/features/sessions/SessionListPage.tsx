import { useParams } from 'wouter';
import type { SessionCard } from '../../../shared/contract/session.ts';
import { useCards, useWatch } from '../../lib/cards.ts';
import { useCan } from '../../lib/me.ts';
import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { More } from '../../ui/More.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AppBar } from '../entry/AppBar.tsx';
import { Trouble } from '../entry/Trouble.tsx';
import styles from './SessionPage.module.css';
import { SessionRow } from './SessionRow.tsx';
import { sessionWords } from './words.ts';

/** Running ones first, then what is to come by time, then what is over, newest first. */
export function grouped(
  sessions: readonly SessionCard[],
): Record<'running' | 'planned' | 'ended', SessionCard[]> {
  const byTime = [...sessions].sort((a, b) => a.plannedAt.localeCompare(b.plannedAt));
  return {
    running: byTime.filter(({ phase }) => phase === 'live' || phase === 'paused'),
    planned: byTime.filter(({ phase }) => phase === 'draft'),
    ended: byTime.filter(({ phase }) => phase === 'ended').reverse(),
  };
}

function Groups({ sessions }: { sessions: readonly SessionCard[] }) {
  const words = useWords(sessionWords);
  const groups = grouped(sessions);
  return (['running', 'planned', 'ended'] as const).map(
    (name) =>
      groups[name].length > 0 && (
        <Card pad key={name} className={styles.group} aria-label={words[name]}>
          <h2>{words[name]}</h2>
          <div>
            {groups[name].map((session) => (
              <SessionRow key={session.sessionId} session={session} />
            ))}
          </div>
        </Card>
      ),
  );
}

/** `/c/:campaignId/sessions` */
export default function SessionListPage() {
  const words = useWords(sessionWords);
  const { campaignId = '' } = useParams();
  const creates = useCan('session:create', { campaignId });
  const every = useWatch(campaignId);
  const { cards, failure, retry, more, busy } = useCards({ campaignId }, { every });
  useTitle(words.list);
  const make = (
    <LinkButton href={`/c/${campaignId}/sessions/new`} kind="primary">
      {words.newSession}
    </LinkButton>
  );
  return (
    <>
      <AppBar campaignId={campaignId} />
      <main className={styles.main}>
        <div className={styles.head}>
          <h1>{words.list}</h1>
          {creates && cards && cards.length > 0 && make}
        </div>
        {cards && cards.length > 0 && <Groups sessions={cards} />}
        <More onMore={more} busy={busy} />
        {cards?.length === 0 && (
          <Empty title={words.noSession} note={words.noSessionNote} action={creates && make} />
        )}
        {!cards && (failure ? <Trouble failure={failure} retry={retry} /> : <Skeleton height={240} />)}
      </main>
    </>
  );
}
