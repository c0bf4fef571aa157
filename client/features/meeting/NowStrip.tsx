import { useWords } from '../../lib/words.ts';
import { Face } from '../../ui/Face.tsx';
import { Countdown } from './Countdown.tsx';
import { myTurn, useRoom } from './room.ts';
import common from './room.module.css';
import styles from './clock.module.css';
import stripsStyles from './strips.module.css';
import { meetingWords } from './words.ts';

/** The phone's second strip: who speaks, how long still, how many wait. */
export function NowStrip() {
  const words = useWords(meetingWords);
  const { state, myId } = useRoom();
  const { floor, hands } = state;
  const person = state.people[floor?.personId ?? ''];
  // The strip of one's own turn stands in its place.
  if (myTurn(state, myId)) return null;
  if (state.phase === 'draft' || state.phase === 'ended' || (!floor && hands.length === 0)) return null;
  return (
    <div className={stripsStyles.now}>
      {person && <Face name={person.name} id={person.personId} />}
      <span className={common.cut}>
        {person ? (
          <>
            <b>{person.name}</b> {words.speaking}
          </>
        ) : (
          words.floorEmpty
        )}
      </span>
      <span className={common.grow} />
      {floor && <Countdown clock={floor.clock} seconds={floor.seconds} className={styles.nowLeft} brief />}
      <span className={common.meta}>{words.waiting(hands.length)}</span>
    </div>
  );
}
