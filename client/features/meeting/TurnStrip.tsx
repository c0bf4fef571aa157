import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Countdown, useLeft } from './Countdown.tsx';
import { myTurn, useRoom } from './room.ts';
import { setSound, useSound } from './sound.ts';
import styles from './turn.module.css';
import { meetingWords } from './words.ts';

/** For who has the floor, over every page of the room: it is your turn, how long still, and 说完了. */
export function TurnStrip() {
  const { state, myId } = useRoom();
  return myTurn(state, myId) ? <MyTurn /> : null;
}

function MyTurn() {
  const words = useWords(meetingWords);
  const { state, store, run } = useRoom();
  const sound = useSound();
  const floor = state.floor!;
  const left = useLeft(floor.clock, floor.seconds);
  return (
    <section className={classes(styles.turn, left <= 0 && styles.out)} aria-label={words.yourTurn}>
      <b className={styles.words}>{words.yourTurn}</b>
      <Countdown
        clock={floor.clock}
        seconds={floor.seconds}
        className={styles.clock}
        lateClass={undefined}
        brief
      />
      <span className={styles.deeds}>
        <IconButton
          label={sound ? words.mute : words.unmute}
          className={styles.sound}
          onClick={() => setSound(!sound)}
        >
          <Icon name={sound ? 'sound' : 'mute'} />
        </IconButton>
        <Button className={styles.said} onClick={() => void run(() => store.act('session.endFloor', {}))}>
          {words.saidAll}
        </Button>
      </span>
    </section>
  );
}
