import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './frame.module.css';
import stripsStyles from './strips.module.css';
import phoneStyles from './phone.module.css';
import { useWide } from './use-wide.ts';

/** The room while it is being opened. */
export function RoomFrame() {
  const wide = useWide();
  return (
    <div className={styles.page}>
      <div className={styles.headFrame} />
      <div className={stripsStyles.strip} />
      <div className={wide ? styles.desk : phoneStyles.phone}>
        {wide && (
          <div className={styles.rail}>
            <Skeleton height={120} />
            <Skeleton rows={6} />
          </div>
        )}
        <div className={styles.frame}>
          <Skeleton rows={8} />
        </div>
        {wide && (
          <div className={styles.frame}>
            <Skeleton rows={10} />
          </div>
        )}
      </div>
    </div>
  );
}
