import type { SessionState } from '../../../shared/log.ts';
import { nearText } from '../../lib/dates.ts';
import type { SessionSnapshot } from '../../lib/session.ts';
import type { Language } from '../../../shared/labels.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { Countdown } from '../meeting/Countdown.tsx';
import { currentItem } from '../meeting/room.ts';
import styles from './screen.module.css';
import { screenWords } from './words.ts';

/** The one thing that is large: the question or what is held up, else the clock. Below it, who speaks. */
export function Now({ view }: { view: SessionSnapshot }) {
  const words = useWords(screenWords);
  const language = useLanguage();
  const { schedule, phase } = view.state;
  if (phase === 'draft')
    return (
      <section className={styles.now}>
        <p className={styles.big}>{words.soon}</p>
        {schedule && (
          <p className={styles.under}>
            {schedule.title} · {words.at(nearText(schedule.plannedAt, language))}
          </p>
        )}
      </section>
    );
  if (phase === 'ended')
    return (
      <section className={styles.now}>
        <p className={styles.big}>{words.ended}</p>
        <p className={styles.under}>{words.thanks}</p>
      </section>
    );
  return <Running state={view.state} language={language} />;
}

interface Large {
  label: string;
  text: string;
}

/** The question that the moderator has put up, else the message pinned last. */
function useLarge(state: SessionState, language: Language): Large | undefined {
  const words = useWords(screenWords);
  const { prompt } = state;
  if (prompt) return { label: words.prompt, text: prompt[language] || prompt.zh };
  const pinned = Object.values(state.messages).filter((m) => m.pinned && !m.recalled && !m.hidden);
  const last = pinned.sort((a, b) => a.seq - b.seq).at(-1);
  return last && { label: words.pinned(state.people[last.by]?.name ?? ''), text: last.body };
}

/** Shorter is larger; what is longer than a wall can hold is cut with a sign. */
function sizeOf(text: string): string | undefined {
  const length = [...text].length;
  if (length <= 36) return styles.short;
  if (length <= 80) return styles.middle;
  return length <= 160 ? styles.long : styles.longest;
}

function Running({ state, language }: { state: SessionState; language: Language }) {
  const large = useLarge(state, language);
  const current = currentItem(state);
  const { floor } = state;
  const item = current && { clock: current.item.clock, seconds: current.item.minutes * 60 };
  const clock = floor ? { clock: floor.clock, seconds: floor.seconds } : item;
  if (large)
    return (
      <section className={styles.now}>
        <div className={styles.large}>
          <p className={styles.label}>{large.label}</p>
          <p className={classes(styles.ask, sizeOf(large.text))}>{large.text}</p>
        </div>
        <p className={styles.speaker} aria-live="polite">
          <Speaker state={state} />
          {floor && <Countdown {...floor} className={styles.turn} lateClass={styles.late} brief />}
        </p>
      </section>
    );
  return (
    <section className={styles.now}>
      {clock && <Countdown {...clock} className={styles.clock} lateClass={styles.late} brief />}
      <p className={styles.speaker} aria-live="polite">
        <Speaker state={state} />
      </p>
    </section>
  );
}

function Speaker({ state }: { state: SessionState }) {
  const words = useWords(screenWords);
  const name = state.people[state.floor?.personId ?? '']?.name;
  if (state.phase === 'paused') return <span className={styles.paused}>{words.paused}</span>;
  if (!name) return <span className={styles.does}>{currentItem(state) ? words.nobody : words.noItem}</span>;
  return (
    <>
      <b>{name}</b> <span className={styles.does}>{words.speaking}</span>
    </>
  );
}
