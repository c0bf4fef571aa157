import { useParams } from 'wouter';
import type { SessionView } from '../../../shared/contract/session.ts';
import { useCan } from '../../lib/me.ts';
import { useAsk } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AppBar } from '../entry/AppBar.tsx';
import { Trouble } from '../entry/Trouble.tsx';
import styles from './SessionPage.module.css';
import { SessionRow } from './SessionRow.tsx';
import { sessionWords } from './words.ts';

/** Running ones first, then what is to come by time, then what is over, newest first. */
export function grouped(
  sessions: readonly SessionView[],
): Record<'running' | 'planned' | 'ended', SessionView[]> {
  const byTime = [...sessions].sort((a, b) => a.plannedAt.localeCompare(b.plannedAt));
  return {
    running: byTime.filter(({ phase }) => phase === 'live' || phase === 'paused'),
    planned: byTime.filter(({ phase }) => phase === 'draft'),
    ended: byTime.filter(({ phase }) => phase === 'ended').reverse(),
  };
}

function Groups({ sessions }: { sessions: readonly SessionView[] }) {
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
  const { data, failure, retry } = useAsk('session.list', { campaignId }, { every: 15_000 });
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
          {creates && data && data.length > 0 && make}
        </div>
        {data && data.length > 0 && <Groups sessions={data} />}
        {data?.length === 0 && (
          <Empty title={words.noSession} note={words.noSessionNote} action={creates && make} />
        )}
        {!data && (failure ? <Trouble failure={failure} retry={retry} /> : <Skeleton height={240} />)}
      </main>
    </>
  );
}
