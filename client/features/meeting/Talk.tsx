import { Composer } from './Composer.tsx';
import { Ended, Lobby } from './PhasesLater.tsx';
import { Pinned } from './Pinned.tsx';
import { useRoom } from './room.ts';
import styles from './stream.module.css';
import { Prompts } from './PromptsLater.tsx';
import { Stream } from './Stream.tsx';

/** The middle column: what is said, and where to say it. */
export function Talk() {
  const { state, wide } = useRoom();
  const { phase } = state;
  return (
    <section className={styles.talk}>
      {phase === 'ended' && <Ended />}
      {phase === 'draft' ? (
        <Lobby />
      ) : (
        <>
          <Prompts />
          <Pinned />
          <Stream />
        </>
      )}
      {wide && (phase === 'live' || phase === 'paused') && <Composer />}
    </section>
  );
}
