import { useWords } from '../lib/words.ts';
import { Button } from './Button.tsx';
import styles from './KeptNote.module.css';
import { uiWords } from './words.ts';

/** Says that a form shows words of an earlier time which are not stored, and how to be rid of them. */
export function KeptNote({ form }: { form: { back: boolean; reset: () => void } }) {
  const words = useWords(uiWords);
  if (!form.back) return null;
  return (
    <div className={styles.note} role="status">
      <p className={styles.text}>{words.keptBack}</p>
      <Button small onClick={() => form.reset()}>
        {words.clearKept}
      </Button>
    </div>
  );
}
