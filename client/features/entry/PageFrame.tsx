import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './PageFrame.module.css';

/** The frame of any page while its chunk or its first answer is on the way. */
export function PageFrame() {
  return (
    <div className={styles.page}>
      <div className={styles.top} />
      <div className={styles.body}>
        <Skeleton rows={3} />
        <Skeleton height={180} />
        <Skeleton rows={5} />
      </div>
    </div>
  );
}
