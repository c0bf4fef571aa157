import { useEffect } from 'react';
import type { SessionSnapshot, SessionStore } from '../../lib/session.ts';
import { useTitle } from '../../lib/title.ts';
import { sidesOf, type Theme as About } from '../../../shared/topic.ts';
import { useWords } from '../../lib/words.ts';
import { Closed } from '../meeting/Closed.tsx';
import { useSnapshot } from '../meeting/use-session.ts';
import { Foot } from './Foot.tsx';
import { Now } from './Now.tsx';
import { Frame } from './Frame.tsx';
import { Side } from './Side.tsx';
import styles from './screen.module.css';
import { screenWords } from './words.ts';

export function Wall({ store }: { store: SessionStore }) {
  const words = useWords(screenWords);
  const view = useSnapshot(store);
  useTitle(view.state.schedule ? `${words.title} ${view.state.schedule.title}` : words.title);
  useWakefulness();
  if (view.status === 'loading') return <Frame />;
  if (view.status !== 'ready')
    return (
      <Closed
        failure={view.failure ?? { code: 'UNAVAILABLE', reason: 'server.unreachable' }}
        {...(view.status === 'failed' && { onRetry: () => store.retry() })}
      />
    );
  return (
    <main className={styles.wall}>
      <Theme view={view} />
      <Side view={view} />
      <Now view={view} />
      <Foot view={view} />
      <button type="button" className={styles.full} onClick={() => void toggleFull()}>
        {words.full}
      </button>
    </main>
  );
}

function Theme({ view }: { view: SessionSnapshot }) {
  const topic: About = view.state.schedule?.topic ?? { name: '', break: '', build: '' };
  const sides = sidesOf(topic);
  if (sides.kind === 'area' || (sides.break === '' && sides.build === ''))
    return <h1 className={styles.topic}>{topic.name}</h1>;
  return (
    <h1 className={styles.topic} lang="zh-CN">
      <span className={styles.po}>破</span> {sides.break}
      <br />
      <span className={styles.build}>立</span> {sides.build}
    </h1>
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

/** Keeps the projector's machine from dozing off, where the browser can. */
function useWakefulness(): void {
  useEffect(() => {
    let lock: { release(): Promise<void> } | undefined;
    let gone = false;
    const hold = (): void => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      navigator.wakeLock
        .request('screen')
        .then((held) => {
          if (gone) void held.release();
          else lock = held;
        })
        .catch(() => undefined);
    };
    hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      gone = true;
      document.removeEventListener('visibilitychange', hold);
      void lock?.release().catch(() => undefined);
    };
  }, []);
}
