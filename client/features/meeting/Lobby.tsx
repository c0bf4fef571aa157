import { attendanceOf } from '../../../shared/attendance.ts';
import { spanText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { Figures } from './Figures.tsx';
import { MyAnswer } from './MyAnswerLater.tsx';
import { Prompts } from './PromptsLater.tsx';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './lobby.module.css';
import { Topic } from './Topic.tsx';
import { meetingWords } from './words.ts';

/** Before the meeting: what it is about, who is here, who is waited for. */
export default function Lobby() {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const { state, can, openDialog, wide, store, run } = useRoom();
  const { schedule } = state;
  const steer = can('session:steer');
  return (
    <div className={styles.lobby}>
      {schedule && (
        <header className={styles.lobbyHead}>
          <span className={common.meta}>
            {schedule.hostUnit.name} · {schedule.title}
          </span>
          <p className={styles.lobbyTopic}>
            <Topic topic={schedule.topic} stacked />
          </p>
          <span className={common.meta}>
            {spanText(schedule.plannedAt, schedule.plannedMinutes, language)}
            {schedule.place !== '' && ` · ${schedule.place}`}
          </span>
        </header>
      )}
      <p className={styles.lobbyNote}>{steer ? words.lobbyForChair : words.lobbyForOthers}</p>
      {steer && !wide && (
        <div className={common.row}>
          <Button kind="primary" onClick={() => void run(() => store.act('session.start', {}))}>
            {words.start}
          </Button>
          <Button onClick={() => openDialog('invite')}>{words.invite}</Button>
        </div>
      )}
      {!steer && <MyAnswer />}
      <Prompts />
      <Arrivals />
    </div>
  );
}

function Arrivals() {
  const words = useWords(meetingWords);
  const { state, view } = useRoom();
  const online = new Set(view.presence.people.map((p) => p.personId));
  const here = [...online].flatMap((id) => state.people[id] ?? []);
  const missing = attendanceOf(state).absent.filter((p) => !online.has(p.personId));
  return (
    <>
      <section aria-label={words.people}>
        <h2 className={common.railHead}>
          {words.people} · <span className={common.num}>{here.length}</span>
        </h2>
        <Figures />
        <ul className={styles.chips}>
          {here.map((person) => (
            <li key={person.personId} className={styles.chip}>
              <Face name={person.name} id={person.personId} size={24} /> {person.name}
            </li>
          ))}
        </ul>
      </section>
      {missing.length > 0 && (
        <section aria-label={words.missing}>
          <h2 className={common.railHead}>
            {words.missing} · <span className={common.num}>{missing.length}</span>
          </h2>
          <ul className={styles.chips}>
            {missing.map((person) => (
              <li key={person.personId} className={styles.chipOff}>
                {person.name}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
