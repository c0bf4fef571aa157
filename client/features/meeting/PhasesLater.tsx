import { later } from '../../later.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './frame.module.css';

/** Before the meeting and after it: what a running one does not need at once. */
export const Lobby = later(
  () => import('./Lobby.tsx'),
  <div className={styles.frame}>
    <Skeleton rows={5} />
  </div>,
);
export const Ended = later(() => import('./Ended.tsx'), null);
