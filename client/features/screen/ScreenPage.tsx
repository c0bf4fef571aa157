import { useParams } from 'wouter';
import { useMe } from '../../lib/me.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Closed } from '../meeting/Closed.tsx';
import { useSessionStore } from '../meeting/use-session.ts';
import styles from './screen.module.css';
import { Wall } from './Wall.tsx';

/** `/s/:sessionId/screen`: for the wall of the hall. Shows nothing that only staff may see; the viewer does not enter by it. */
export default function ScreenPage() {
  const { sessionId } = useParams<{ sessionId: string }>();
  const { me, failure, retry } = useMe();
  if (failure) return <Closed failure={failure} onRetry={retry} />;
  if (!me) return <Frame />;
  if (me.actor.kind === 'anonymous')
    return <Closed failure={{ code: 'UNAUTHENTICATED', reason: 'session.door' }} />;
  return <Opened key={sessionId} sessionId={sessionId} personId={me.actor.personId} />;
}

function Opened({ sessionId, personId }: { sessionId: string; personId: string }) {
  const store = useSessionStore(sessionId, personId);
  return store ? <Wall store={store} /> : <Frame />;
}

export function Frame() {
  return (
    <main className={styles.frame}>
      <Skeleton rows={3} />
      <Skeleton height={320} />
    </main>
  );
}
