import { useWords } from '../../lib/words.ts';
import { Agenda } from './Agenda.tsx';
import { Floor } from './Floor.tsx';
import { People } from './People.tsx';
import { Queue } from './Queue.tsx';
import styles from './frame.module.css';
import { meetingWords } from './words.ts';

/** The left column of a desk, where the floor stays and the rest scrolls; and the page 议程 of a phone. */
export default function Rail() {
  const words = useWords(meetingWords);
  return (
    <aside className={styles.rail} aria-label={words.rail}>
      <Floor />
      <div className={styles.railRest}>
        <Queue />
        <Agenda />
        <People />
      </div>
    </aside>
  );
}
