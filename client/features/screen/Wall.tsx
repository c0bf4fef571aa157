import { useEffect } from 'react';
import type { SessionSnapshot, SessionStore } from '../../lib/session.ts';
import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { Closed } from '../meeting/Closed.tsx';
import { useSnapshot } from '../meeting/use-session.ts';
import { Foot } from './Foot.tsx';
import { Frame } from './Frame.tsx';
import { Head } from './Head.tsx';
import { Now } from './Now.tsx';
import { Side } from './Side.tsx';
import styles from './screen.module.css';
import { useWakefulness } from './use-wakefulness.ts';
import { screenWords } from './words.ts';

interface Props {
  store: SessionStore;
  /** A paired screen has been ended. What it shows of a meeting that is over stays. */
  onGone?: () => Promise<void>;
}

export function Wall({ store, onGone }: Props) {
  const words = useWords(screenWords);
  const view = useSnapshot(store);
  const { status, state } = view;
  useTitle(state.schedule ? `${words.title} ${state.schedule.title}` : words.title);
  useWakefulness();
  const over = status === 'lost' && onGone !== undefined && state.phase === 'ended';
  const gone = status === 'lost' && onGone !== undefined && !over;
  useEffect(() => {
    if (gone) void onGone?.();
  }, [gone, onGone]);
  if (status === 'loading' || gone) return <Frame />;
  if (status !== 'ready' && !over)
    return (
      <Closed
        failure={view.failure ?? { code: 'UNAVAILABLE', reason: 'server.unreachable' }}
        {...(status === 'failed' && { onRetry: () => store.retry() })}
      />
    );
  return <Shown view={view} />;
}

function Shown({ view }: { view: SessionSnapshot }) {
  const words = useWords(screenWords);
  return (
    <main className={styles.wall}>
      <Head view={view} />
      <div className={styles.body}>
        <Now view={view} />
        <Side view={view} />
      </div>
      <Foot view={view} />
      <button type="button" className={styles.full} onClick={() => void toggleFull()}>
        {words.full}
      </button>
    </main>
  );
}

async function toggleFull(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // Not allowed here: the browser's own key does it.
  }
}
