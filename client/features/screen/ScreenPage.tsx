import { useParams } from 'wouter';
import { useMe } from '../../lib/me.ts';
import { Closed } from '../meeting/Closed.tsx';
import { useSessionStore } from '../meeting/use-session.ts';
import { Frame } from './Frame.tsx';
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
