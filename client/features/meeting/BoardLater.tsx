import { later } from '../../later.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './frame.module.css';

/** The unit's list and draft, loaded after the talk is there. */
export const Board = later(
  () => import('../board/BoardPanel.tsx'),
  <Skeleton rows={8} className={styles.frame ?? ''} />,
);
