import type { Failure } from '../../shared/errors.ts';
import { failureText } from '../../shared/labels.ts';
import { useLanguage, useWords } from '../lib/words.ts';
import { Button } from './Button.tsx';
import styles from './ErrorNote.module.css';
import { Icon } from './Icon.tsx';
import { uiWords } from './words.ts';

/** What happened and what to do, in the reader's language; with `onRetry` a way to try again. */
export function ErrorNote({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) {
  const words = useWords(uiWords);
  const text = failureText(failure, useLanguage());
  return (
    <div className={styles.note} role="alert">
      <Icon name="alert" />
      <p className={styles.text}>{text}</p>
      {onRetry && (
        <Button small onClick={onRetry}>
          {words.retry}
        </Button>
      )}
    </div>
  );
}
