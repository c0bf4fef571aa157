import { useEffect, useState } from 'react';
import type { Actor } from '../../../shared/actor.ts';
import { newId } from '../../../shared/ids.ts';
import { api } from '../../lib/api.ts';
import { serverNow } from '../../lib/clock.ts';
import { refreshMe, useMe } from '../../lib/me.ts';
import { useAct, useAsk } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Closed } from '../meeting/Closed.tsx';
import { clockText } from '../meeting/Countdown.tsx';
import { useSessionStore } from '../meeting/use-session.ts';
import { spacedCode } from '../sessions/invitation.ts';
import { Frame } from './Frame.tsx';
import { pairWords } from './pair-words.ts';
import styles from './pair.module.css';
import { Wall } from './Wall.tsx';

const ASK_MS = 2_000;

/** The session that this browser is a screen of; '' for none. */
const screenOf = (actor: Actor): string =>
  actor.kind === 'person' ? (actor.grants.find(({ role }) => role === 'screen')?.scopeId ?? '') : '';

/** `/screen`: a browser that nobody has signed in at shows a code, and then the meeting in which it was entered. */
export default function PairPage() {
  const { me, failure, retry } = useMe();
  if (failure) return <Closed failure={failure} onRetry={retry} />;
  if (!me) return <Frame />;
  const sessionId = screenOf(me.actor);
  if (sessionId !== '') return <Paired key={sessionId} sessionId={sessionId} actor={me.actor} />;
  return me.actor.kind === 'anonymous' ? <Code /> : <Somebody name={me.actor.name} />;
}

function Paired({ sessionId, actor }: { sessionId: string; actor: Actor }) {
  const store = useSessionStore(sessionId, actor.kind === 'person' ? actor.personId : '');
  return store ? <Wall store={store} onGone={refreshMe} /> : <Frame />;
}

/** How long until the code gives way to another, in ms, told anew each second. */
function useLeftUntil(until: string | undefined): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1000);
    return () => clearInterval(timer);
  }, []);
  return until === undefined ? 0 : Math.max(0, Date.parse(until) - now);
}

function Code() {
  const words = useWords(pairWords);
  const [secret] = useState(() => `${newId()}${newId()}`);
  const { data, failure, retry } = useAsk('session.screen', { secret }, { every: ASK_MS });
  const { failure: refused, run } = useAct();
  const left = useLeftUntil(data?.until);
  useTitle(words.title);
  const paired = data?.paired === true;
  useEffect(() => {
    if (!paired) return;
    void run(async () => {
      await api.session.openScreen({ secret });
      await refreshMe();
    });
  }, [paired, secret, run]);
  const wrong = failure ?? refused;
  return (
    <main className={styles.pair}>
      <section className={styles.how}>
        <h1>{words.heading}</h1>
        <ol>
          {words.steps.split('\n').map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className={styles.quiet}>{words.note}</p>
      </section>
      <section className={styles.card}>
        <p className={styles.quiet}>{words.code}</p>
        <output className={styles.code}>{data && !paired ? spacedCode(data.code) : '––– –––'}</output>
        <p className={styles.quiet}>{paired ? words.opening : data && words.good(clockText(left))}</p>
        {wrong && <ErrorNote failure={wrong} onRetry={retry} />}
      </section>
    </main>
  );
}

/** Nobody is signed out unasked. */
function Somebody({ name }: { name: string }) {
  const words = useWords(pairWords);
  const { busy, failure, run } = useAct();
  useTitle(words.title);
  const signOut = () =>
    run(async () => {
      await api.identity.signOut({});
      await refreshMe();
    });
  return (
    <main className={styles.somebody}>
      <h1>{words.somebody(name)}</h1>
      <p>{words.somebodyNote}</p>
      {failure && <ErrorNote failure={failure} />}
      <Button kind="primary" busy={busy} onClick={() => void signOut()}>
        {words.signOut}
      </Button>
    </main>
  );
}
