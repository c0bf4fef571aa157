import { type FormEvent, useState } from 'react';
import type { RoomSession } from '../../../shared/contract/session.ts';
import { api } from '../../lib/api.ts';
import { timeText } from '../../lib/dates.ts';
import { linkOrigin } from '../../lib/origin.ts';
import { useAct, useAsk, useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { toast } from '../../ui/toast.ts';
import { digitsOf } from '../join/CodeEntry.tsx';
import { pairWords } from './pair-words.ts';
import styles from './panel.module.css';

const ASK_MS = 5_000;

function PairForm({ sessionId }: { sessionId: string }) {
  const words = useWords(pairWords);
  const refresh = useRefresh();
  const { busy, failure, run, clear } = useAct();
  const [text, setText] = useState('');
  const [short, setShort] = useState(false);
  const code = digitsOf(text);
  const pair = (event: FormEvent) => {
    event.preventDefault();
    setShort(code.length < 6);
    if (code.length < 6) return;
    void run(async () => {
      await api.session.pairScreen({ sessionId, code });
      setText('');
      toast(words.paired);
      await refresh('session.screens');
    });
  };
  return (
    <form onSubmit={pair} noValidate className={styles.form}>
      <Field label={words.code} error={short ? words.form : undefined}>
        <TextInput
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setShort(false);
            clear();
          }}
        />
      </Field>
      <Button type="submit" busy={busy}>
        {words.pair}
      </Button>
      {failure && <ErrorNote failure={failure} />}
    </form>
  );
}

/** The screens of a meeting: paired by the code that they show, each ended by a press. */
export function ScreensPanel({ session }: { session: RoomSession }) {
  const words = useWords(pairWords);
  const { sessionId } = session;
  const refresh = useRefresh();
  const { data = [], failure, retry } = useAsk('session.screens', { sessionId }, { every: ASK_MS });
  const { busy, run } = useAct();
  const end = (screenId: string) =>
    run(async () => {
      await api.session.endScreen({ sessionId, screenId });
      await refresh('session.screens');
    });
  return (
    <Card pad className={styles.panel} aria-label={words.screens}>
      <h2>{words.screens}</h2>
      <small>{words.how(`${linkOrigin()}/screen`)}</small>
      {failure && <ErrorNote failure={failure} onRetry={retry} />}
      {data.length > 0 && (
        <ul className={styles.list}>
          {data.map(({ screenId, since, here }, n) => (
            <li key={screenId}>
              <span>
                {words.screens} {n + 1}{' '}
                <small>
                  {words.since(timeText(since))}
                  {!here && ` · ${words.off}`}
                </small>
              </span>
              <Button small kind="quiet" disabled={busy} onClick={() => void end(screenId)}>
                {words.end}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {session.phase !== 'ended' && <PairForm sessionId={sessionId} />}
      <LinkButton href={`/s/${sessionId}/screen`}>{words.here}</LinkButton>
    </Card>
  );
}
