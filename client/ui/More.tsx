import { useWords } from '../lib/words.ts';
import { Button } from './Button.tsx';
import styles from './More.module.css';
import { uiWords } from './words.ts';

/** 更多 at the end of a list that goes on; nothing when it does not. */
export function More({ onMore, busy = false }: { onMore: (() => void) | undefined; busy?: boolean }) {
  const words = useWords(uiWords);
  if (!onMore) return null;
  return (
    <div className={styles.more}>
      <Button small busy={busy} onClick={onMore}>
        {words.more}
      </Button>
    </div>
  );
}
