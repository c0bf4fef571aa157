import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './board.module.css';
import type { DeletedWords } from './draft-guard.ts';
import { boardWords } from './words.ts';

const SHOWN = 60;

/** Somebody deleted the paragraph one was writing in: its words, and a way to have them back. */
export function DeletedNote({ words: deleted, putBack, onDone }: DeletedWords & { onDone: () => void }) {
  const words = useWords(boardWords);
  return (
    <div className={styles.note} role="alert">
      <span>
        {words.deletedUnderHand} <q>{deleted.length > SHOWN ? `${deleted.slice(0, SHOWN)}…` : deleted}</q>
      </span>
      <span className={styles.rescue}>
        <Button
          small
          onClick={() => {
            putBack();
            onDone();
          }}
        >
          {words.putBack}
        </Button>
        <Button small onClick={onDone}>
          {words.understood}
        </Button>
      </span>
    </div>
  );
}
