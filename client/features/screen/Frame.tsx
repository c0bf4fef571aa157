import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './screen.module.css';

/** The wall while the meeting is being opened. */
export function Frame() {
  return (
    <main className={styles.frame}>
      <Skeleton rows={3} />
      <Skeleton height={320} />
    </main>
  );
}
