import type { ReactNode } from 'react';
import styles from './Empty.module.css';

/** Nothing here yet: says what belongs here and what to do first. */
export function Empty({ title, note, action }: { title: ReactNode; note?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {note !== undefined && <p className={styles.note}>{note}</p>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
