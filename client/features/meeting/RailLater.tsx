import { later } from '../../later.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './frame.module.css';

/** Floor, queue, agenda and people; a phone does not load them before they are looked at. */
export const Rail = later(
  () => import('./Rail.tsx'),
  <div className={styles.rail}>
    <Skeleton height={120} />
    <Skeleton rows={6} />
  </div>,
);
