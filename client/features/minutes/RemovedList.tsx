import type { Removed } from '../../../shared/contract/minutes.ts';
import { printedText } from '../../../shared/numbering.ts';
import { nearText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { layoutWords } from './layout-words.ts';
import styles from './minutes.module.css';
import notes from './notes.module.css';

/** What was taken out by hand, and the way back. */
export function RemovedList({
  removed,
  restore,
}: {
  removed: readonly Removed[];
  restore: (id: string) => Promise<void>;
}) {
  const words = useWords(layoutWords);
  const language = useLanguage();
  if (removed.length === 0) return null;
  return (
    <details className={notes.removed}>
      <summary>{words.removed(removed.length)}</summary>
      <ul>
        {removed.map(({ paragraph, by, at }) => (
          <li key={paragraph.id}>
            <span className={styles.body}>{printedText(paragraph)}</span>
            <span className={styles.meta}>{words.removedBy(by, nearText(at, language))}</span>
            <Button small onClick={() => void restore(paragraph.id)}>
              {words.restore}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
