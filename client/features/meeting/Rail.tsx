import { Agenda } from './Agenda.tsx';
import { Floor } from './Floor.tsx';
import { People } from './People.tsx';
import { Queue } from './Queue.tsx';
import styles from './room.module.css';

/** The left column of a desk, and the page 议程 of a phone: floor, queue, agenda, people. */
export function Rail() {
  return (
    <aside className={styles.rail}>
      <Floor />
      <Queue />
      <Agenda />
      <People />
    </aside>
  );
}
