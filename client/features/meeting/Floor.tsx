import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Face } from '../../ui/Face.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { Countdown, useLeft } from './Countdown.tsx';
import { useRoom } from './room.ts';
import common from './room.module.css';
import clockStyles from './clock.module.css';
import styles from './floor.module.css';
import { TURN_MINUTES, useTurnMinutes } from './turn-minutes.ts';
import { meetingWords } from './words.ts';

/** Who speaks and how long; the moderator gives the floor from here. */
export function Floor() {
  const words = useWords(meetingWords);
  const { state, can } = useRoom();
  if (state.phase === 'draft' || state.phase === 'ended') return null;
  return (
    <section aria-label={words.floor}>
      <h2 className={common.railHead}>{words.floor}</h2>
      {state.floor ? <Speaking /> : <p className={common.quiet}>{words.floorEmpty}</p>}
      {can('session:steer') && <NextSpeaker />}
    </section>
  );
}

function Speaking() {
  const words = useWords(meetingWords);
  const { state, store, run, can, myId } = useRoom();
  const floor = state.floor!;
  const person = state.people[floor.personId];
  const out = useLeft(floor.clock, floor.seconds) <= 0;
  return (
    <div className={classes(styles.floor, out && styles.floorOut)}>
      <div className={common.row}>
        <Face name={person?.name ?? ''} id={floor.personId} />
        <span className={styles.who}>{person?.name}</span>
        {person && person.level !== '' && <Tag>{person.level}</Tag>}
      </div>
      <div className={common.row}>
        <Countdown clock={floor.clock} seconds={floor.seconds} className={clockStyles.left} />
        <span className={common.grow} />
        {can('session:steer') && (
          <Button small onClick={() => void run(() => store.act('session.extendFloor', { minutes: 1 }))}>
            {words.oneMore}
          </Button>
        )}
      </div>
      {(can('session:steer') || floor.personId === myId) && (
        <Button small wide onClick={() => void run(() => store.act('session.endFloor', {}))}>
          {words.endFloor}
        </Button>
      )}
    </div>
  );
}

function NextSpeaker() {
  const words = useWords(meetingWords);
  const { state, store, run } = useRoom();
  const [minutes, setMinutes] = useTurnMinutes();
  const next = state.people[state.hands[0] ?? ''];
  return (
    <div className={styles.next}>
      {next && (
        <Button
          small
          wide
          kind="li"
          onClick={() => void run(() => store.act('session.giveFloor', { personId: next.personId, minutes }))}
        >
          {words.nextSpeaker(next.name)}
        </Button>
      )}
      <label className={styles.minutes}>
        {words.perTurn}
        <select value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
          {TURN_MINUTES.map((n) => (
            <option key={n} value={n}>
              {words.minutes(n)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
