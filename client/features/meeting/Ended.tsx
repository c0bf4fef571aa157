import { dateTimeText, timeText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Figures } from './Figures.tsx';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './lobby.module.css';
import { HalfWritten } from './UnsentLater.tsx';
import { meetingWords } from './words.ts';

/** The meeting is over: on to the minutes, or back when it was an accident. */
export default function Ended() {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const { state, store, run, can, myId } = useRoom();
  const span =
    state.startedAt && state.endedAt
      ? `${dateTimeText(state.startedAt, language)}—${timeText(state.endedAt)}`
      : '';
  return (
    <section className={styles.ended} aria-label={words.endedTitle}>
      <div className={styles.endedWords}>
        <h2>{words.endedTitle}</h2>
        <p className={common.meta}>{[state.schedule?.hostUnit.name, span].filter(Boolean).join(' · ')}</p>
        <p className={common.meta}>{state.sealed ? words.sealedNote : words.endedNote}</p>
        <Figures />
      </div>
      {can('session:steer') && !state.sealed && (
        <Button onClick={() => void run(() => store.act('session.resume', {}))}>{words.undoEnd}</Button>
      )}
      {can('minutes:read') && (
        <LinkButton href={`/s/${state.sessionId}/minutes`} kind="primary">
          {words.toMinutes}
        </LinkButton>
      )}
      <HalfWritten personId={myId} sessionId={state.sessionId} why="ended" />
    </section>
  );
}
