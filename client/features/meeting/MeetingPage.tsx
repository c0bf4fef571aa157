import { useParams } from 'wouter';
import { useMe } from '../../lib/me.ts';
import { Closed } from './Closed.tsx';
import { Meeting } from './Meeting.tsx';
import { RoomFrame } from './RoomFrame.tsx';
import { LeftOutside } from './UnsentLater.tsx';

/** `/s/:sessionId`: the meeting room. */
export default function MeetingPage() {
  const { sessionId } = useParams<{ sessionId: string }>();
  const { me, failure, retry } = useMe();
  if (failure) return <Closed failure={failure} onRetry={retry} />;
  if (!me) return <RoomFrame />;
  if (me.actor.kind === 'anonymous')
    return (
      <Closed failure={{ code: 'UNAUTHENTICATED', reason: 'session.door' }}>
        <LeftOutside personId="" sessionId={sessionId} />
      </Closed>
    );
  const { personId } = me.actor;
  return <Meeting key={`${sessionId} ${personId}`} sessionId={sessionId} personId={personId} />;
}
