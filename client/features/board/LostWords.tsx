import { useRef } from 'react';
import { copyText } from '../../lib/clipboard.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { toast } from '../../ui/toast.ts';
import { uiWords } from '../../ui/words.ts';
import styles from './board.module.css';
import { boardWords } from './words.ts';

/** Words that did not get into the text when its editor had to be made anew: to copy, never gone without a word. */
export function LostWords({ words: lost, onDone }: { words: readonly string[]; onDone: () => void }) {
  const words = useWords(boardWords);
  const said = useWords(uiWords);
  const self = useRef<HTMLDivElement>(null);
  const text = lost.join('\n');
  const copy = async () => {
    const done = await copyText(text, self.current ?? undefined);
    toast(done ? said.copied : said.copyByHand, done ? 'done' : 'bad');
  };
  return (
    <div className={styles.note} role="alert" ref={self}>
      <span>
        {words.lostWords} <q>{text.length > 60 ? `${text.slice(0, 60)}…` : text}</q>
      </span>
      <span className={styles.rescue}>
        <Button small onClick={() => void copy()}>
          {words.copyUnsaved}
        </Button>
        <Button small onClick={onDone}>
          {words.understood}
        </Button>
      </span>
    </div>
  );
}
