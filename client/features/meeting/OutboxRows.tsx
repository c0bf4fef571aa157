import { failureText, KIND_LABEL } from '../../../shared/labels.ts';
import type { Pending } from '../../lib/session.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { KIND_TONE } from './MessageRow.tsx';
import { useRoom } from './room.ts';
import styles from './stream.module.css';
import { meetingWords } from './words.ts';

/** What I said that is not yet known to stand in the log. */
export function OutboxRows() {
  const { view } = useRoom();
  return view.outbox.map((message) => <Unsent key={message.id} message={message} />);
}

function Unsent({ message }: { message: Pending }) {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const { state, myId, store } = useRoom();
  const { id, kind, body, status, failure } = message;
  return (
    <article className={styles.say} aria-label={status === 'sending' ? words.sending : words.notSent}>
      <Face name={state.people[myId]?.name ?? ''} id={myId} />
      <header className={styles.head}>
        <b>{state.people[myId]?.name}</b>
        <Tag tone={KIND_TONE[kind]}>{KIND_LABEL[kind][language]}</Tag>
        {status === 'sending' ? <span>{words.sending}</span> : <Tag tone="warn">{words.notSent}</Tag>}
      </header>
      <p className={styles.body}>{body}</p>
      {status === 'waiting' && <p className={styles.fate}>{words.sentLater}</p>}
      {status === 'refused' && (
        <div className={styles.fate} role="alert">
          {failure && failureText(failure, language)}
          <Button small onClick={() => store.resend(id)}>
            {words.sendAgain}
          </Button>
          <Button small kind="quiet" onClick={() => store.discard(id)}>
            {words.discard}
          </Button>
        </div>
      )}
    </article>
  );
}
