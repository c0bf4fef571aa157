import { useState } from 'react';
import type { AttendanceStatus } from '../../../shared/log.ts';
import { useKept } from '../../lib/kept.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { toast } from '../../ui/toast.ts';
import { answerWords } from './answer-words.ts';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './lobby.module.css';

/** A person's own answer: on leave, with a reason for staff's eyes only, or taking part after all. */
export default function MyAnswer() {
  const words = useWords(answerWords);
  const { state, myId, store, run } = useRoom();
  const [written, kept] = useKept<string>(myId, `leave.${state.sessionId}`);
  const [asking, setAsking] = useState(written !== undefined);
  const reason = written ?? '';
  const status = state.people[myId]?.attendance;
  const answer = async (next: AttendanceStatus, said: string): Promise<void> => {
    const why = next === 'leave' ? reason : '';
    if (!(await run(() => store.act('session.attend', { personId: myId, status: next, reason: why }))))
      return;
    setAsking(false);
    kept.done();
    toast(said);
  };
  if (status !== 'none' && status !== 'leave') return null;
  return (
    <section className={styles.answer} aria-label={words.title}>
      {status === 'leave' ? (
        <>
          <p>{words.onLeave}</p>
          <Button onClick={() => void answer('none', words.back)}>{words.attend}</Button>
        </>
      ) : (
        <p className={common.meta}>{words.attending}</p>
      )}
      {status === 'none' && !asking && <Button onClick={() => setAsking(true)}>{words.ask}</Button>}
      {status === 'none' && asking && (
        <form
          className={styles.answer}
          onSubmit={(event) => {
            event.preventDefault();
            void answer('leave', words.done);
          }}
        >
          <Field label={words.reason} hint={words.reasonNote} optional>
            <TextInput
              value={reason}
              maxLength={200}
              autoFocus
              onChange={(event) => kept.write(event.target.value || undefined)}
            />
          </Field>
          <div className={common.row}>
            <Button type="submit">{words.submit}</Button>
            <Button
              kind="quiet"
              onClick={() => {
                setAsking(false);
                kept.write(undefined);
              }}
            >
              {words.cancel}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
