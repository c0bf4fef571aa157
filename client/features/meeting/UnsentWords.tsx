import type { ReactNode } from 'react';
import { keptWords, useKept } from '../../lib/kept.ts';
import { openOutbox } from '../../lib/outbox.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { openShelf } from './shelf.ts';
import styles from './unsent.module.css';
import { unsentWords } from './unsent-words.ts';
import { type Speech, speechAt } from './use-draft.ts';

/** Words that have nowhere to go: to be read, copied and thrown away. */
function Words({ text, onDrop }: { text: string; onDrop?: () => void }) {
  const words = useWords(unsentWords);
  return (
    <div className={styles.words}>
      <p className={styles.text}>{text}</p>
      <div className={styles.tools}>
        <CopyButton small text={text} />
        {onDrop && (
          <Button small kind="quiet" onClick={onDrop}>
            {words.drop}
          </Button>
        )}
      </div>
    </div>
  );
}

function Frame({ note, children }: { note: string; children: ReactNode }) {
  const words = useWords(unsentWords);
  return (
    <section className={styles.unsent} aria-label={words.title}>
      <h2 className={styles.title}>{words.title}</h2>
      <p className={styles.note}>{note}</p>
      {children}
    </section>
  );
}

/** What this person has half written where he can no longer send it. */
export function HalfWritten({
  personId,
  sessionId,
  why,
}: {
  personId: string;
  sessionId: string;
  why: 'ended' | 'mayNot';
}) {
  const words = useWords(unsentWords);
  const [speech, kept] = useKept<Speech>(personId, speechAt(sessionId));
  if (!speech?.text) return null;
  return (
    <Frame note={words[why]}>
      <Words text={speech.text} onDrop={() => kept.write(undefined)} />
    </Frame>
  );
}

/**
 * Before a closed room: what was half written here and what was sent and has not arrived. Of a guest whose link has ended nobody knows
 * the name any more, but what he wrote in this tab is here.
 */
export function LeftOutside({ personId, sessionId }: { personId: string; sessionId: string }) {
  const words = useWords(unsentWords);
  const [mine, kept] = useKept<Speech>(personId, speechAt(sessionId));
  const speech = personId === '' ? (keptWords.ofThisTab(speechAt(sessionId)) as Speech | undefined) : mine;
  const waiting = personId === '' ? [] : openOutbox(openShelf(), personId, sessionId).list();
  if (!speech?.text && waiting.length === 0) return null;
  return (
    <Frame note={words.outside}>
      {waiting.map(({ id, body }) => (
        <Words key={id} text={body} />
      ))}
      {speech?.text && (
        <Words text={speech.text} {...(personId !== '' && { onDrop: () => kept.write(undefined) })} />
      )}
    </Frame>
  );
}
