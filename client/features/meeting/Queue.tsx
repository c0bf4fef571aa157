import type { PersonState } from '../../../shared/log.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { doorWords } from './door-words.ts';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './queue.module.css';
import { useTurnMinutes } from './turn-minutes.ts';
import { LINE, roving } from './use-roving.ts';
import { meetingWords } from './words.ts';

/** The order in which people will speak. */
export function Queue() {
  const words = useWords(meetingWords);
  const { state } = useRoom();
  if (state.phase === 'draft' || state.phase === 'ended') return null;
  return (
    <section aria-label={words.queue}>
      <h2 className={common.railHead} aria-label={words.queueOf(state.hands.length)}>
        {words.queue} · <span className={common.num}>{state.hands.length}</span>
      </h2>
      {state.hands.length === 0 && <p className={common.quiet}>{words.queueEmpty}</p>}
      <ol className={styles.queue} aria-label={words.queue} {...(state.hands.length > 0 && roving())}>
        {state.hands.map((personId, at) => {
          const person = state.people[personId];
          return person && <Waiting key={personId} person={person} at={at} />;
        })}
      </ol>
    </section>
  );
}

function Waiting({ person, at }: { person: PersonState; at: number }) {
  const words = useWords(meetingWords);
  const doors = useWords(doorWords);
  const { can, myId } = useRoom();
  const steer = can('session:steer');
  return (
    <li className={styles.waiting} {...LINE}>
      <span className={styles.no} aria-hidden="true">
        {at + 1}
      </span>
      <VisuallyHidden>{words.place(at + 1)}</VisuallyHidden>
      <Face name={person.name} id={person.personId} size={24} />
      <span className={common.name}>{person.name}</span>
      {person.walkIn && <Tag tone="warn">{doors.walkIn}</Tag>}
      {person.turns === 0 && <Tag tone="li">{words.first}</Tag>}
      {person.personId === myId && <Tag tone="info">{words.me}</Tag>}
      {steer && <QueueTools person={person} at={at} />}
    </li>
  );
}

function QueueTools({ person, at }: { person: PersonState; at: number }) {
  const words = useWords(meetingWords);
  const { state, store, run } = useRoom();
  const [minutes] = useTurnMinutes();
  const { personId, name } = person;
  const swap = (other: number): void => {
    const order = [...state.hands];
    [order[at], order[other]] = [order[other]!, order[at]!];
    void run(() => store.act('session.orderQueue', { order }));
  };
  return (
    <span className={styles.queueTools}>
      <Button
        small
        tabIndex={-1}
        aria-label={words.giveFloorTo(name)}
        onClick={() => void run(() => store.act('session.giveFloor', { personId, minutes }))}
      >
        {words.giveFloor}
      </Button>
      <IconButton tabIndex={-1} label={words.earlier(name)} disabled={at === 0} onClick={() => swap(at - 1)}>
        <Icon name="up" size={16} />
      </IconButton>
      <IconButton
        tabIndex={-1}
        label={words.later(name)}
        disabled={at === state.hands.length - 1}
        onClick={() => swap(at + 1)}
      >
        <Icon name="down" size={16} />
      </IconButton>
      <IconButton
        tabIndex={-1}
        label={words.takeOut(name)}
        onClick={() => void run(() => store.act('session.lowerHand', { personId }))}
      >
        <Icon name="close" size={16} />
      </IconButton>
    </span>
  );
}
