import { useWords } from '../lib/words.ts';
import { classes } from './classes.ts';
import styles from './Skeleton.module.css';
import { uiWords } from './words.ts';

/** The frame of what comes: `rows` lines of text, or one block of `height` px. */
export function Skeleton({
  rows = 1,
  height,
  className,
}: {
  rows?: number;
  height?: number;
  className?: string | undefined;
}) {
  const words = useWords(uiWords);
  return (
    <div className={classes(styles.frame, className)} role="status" aria-label={words.loading}>
      {height === undefined ? (
        Array.from({ length: rows }, (_, n) => <i key={n} className={styles.line} />)
      ) : (
        <i className={styles.block} style={{ height }} />
      )}
    </div>
  );
}
