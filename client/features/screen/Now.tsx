import { nearText } from '../../lib/dates.ts';
import type { SessionSnapshot } from '../../lib/session.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Countdown } from '../meeting/Countdown.tsx';
import { currentItem } from '../meeting/room.ts';
import styles from './screen.module.css';
import { screenWords } from './words.ts';

/** The middle of the wall: the item, the huge clock, who speaks. */
export function Now({ view }: { view: SessionSnapshot }) {
  const words = useWords(screenWords);
  const language = useLanguage();
  const { state } = view;
  const { schedule, phase } = state;
  if (phase === 'draft')
    return (
      <section className={styles.now}>
        <p className={styles.big}>{words.soon}</p>
        {schedule && (
          <p className={styles.item}>
            {schedule.title} · {words.at(nearText(schedule.plannedAt, language))}
          </p>
        )}
      </section>
    );
  if (phase === 'ended')
    return (
      <section className={styles.now}>
        <p className={styles.big}>{words.ended}</p>
        <p className={styles.item}>{words.thanks}</p>
      </section>
    );
  return <Running view={view} />;
}

function Running({ view }: { view: SessionSnapshot }) {
  const words = useWords(screenWords);
  const { state } = view;
  const language = useLanguage();
  const current = currentItem(state);
  const { floor, prompt } = state;
  const name = state.people[floor?.personId ?? '']?.name;
  const clock = floor
    ? { clock: floor.clock, seconds: floor.seconds }
    : current && { clock: current.item.clock, seconds: current.item.minutes * 60 };
  return (
    <section className={styles.now}>
      <p className={styles.item}>
        {current ? (
          <>
            <span className={styles.itemNo}>{current.no}</span>
            {current.item.title}
          </>
        ) : (
          words.noItem
        )}
      </p>
      {prompt && (
        <p className={styles.prompt} aria-label={words.prompt}>
          {prompt[language] || prompt.zh}
        </p>
      )}
      {clock && (
        <Countdown
          {...clock}
          className={prompt ? styles.clockSmall : styles.clock}
          lateClass={styles.late}
          brief
        />
      )}
      <p className={styles.who} aria-live="polite">
        {state.phase === 'paused' ? (
          <span className={styles.paused}>{words.paused}</span>
        ) : name ? (
          <>
            {name} <span className={styles.does}>{words.speaking}</span>
          </>
        ) : (
          <span className={styles.does}>{words.nobody}</span>
        )}
      </p>
    </section>
  );
}
