import { useWords } from '../../lib/words.ts';
import { Agenda } from './Agenda.tsx';
import { Floor } from './Floor.tsx';
import { People } from './People.tsx';
import { Queue } from './Queue.tsx';
import styles from './frame.module.css';
import { meetingWords } from './words.ts';

/** The left column of a desk, and the page 议程 of a phone: floor, queue, agenda, people. */
export default function Rail() {
  const words = useWords(meetingWords);
  // It scrolls, so the keyboard must be able to stand in it even when nothing in it can be pressed.
  return (
    <aside className={styles.rail} aria-label={words.rail} tabIndex={0}>
      <Floor />
      <Queue />
      <Agenda />
      <People />
    </aside>
  );
}
