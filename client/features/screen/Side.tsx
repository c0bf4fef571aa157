import { useEffect } from 'react';
import type { SessionSnapshot } from '../../lib/session.ts';
import { useAsk, useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { QrCode } from '../../ui/QrCode.tsx';
import { canWith } from '../meeting/room.ts';
import { joinUrl, spacedCode } from '../sessions/invitation.ts';
import styles from './screen.module.css';
import { screenWords } from './words.ts';

const WAITING = 5;
const ROWS = 3;
/** A row's words may change without their number changing. */
const ASK_MS = 15_000;

/** Before the start how to come in; then who speaks next, and what was written last. */
export function Side({ view }: { view: SessionSnapshot }) {
  const words = useWords(screenWords);
  const { state, session } = view;
  const { phase } = state;
  if (phase === 'ended') return null;
  const code = session?.code ?? '';
  if (phase === 'draft')
    return code === '' ? null : (
      <aside className={styles.door}>
        <div className={styles.qr}>
          <QrCode text={joinUrl(code)} />
        </div>
        <output className={styles.code} aria-label={words.code}>
          {spacedCode(code)}
        </output>
        <p className={styles.small}>{words.scan}</p>
      </aside>
    );
  return (
    <aside className={styles.side}>
      <Queue view={view} />
      {canWith(view.roles, '')('session:rows') && <Rows view={view} />}
    </aside>
  );
}

function Queue({ view: { state } }: { view: SessionSnapshot }) {
  const words = useWords(screenWords);
  const waiting = state.hands.flatMap((id) => state.people[id] ?? []);
  if (waiting.length === 0) return null;
  return (
    <section aria-label={words.waiting}>
      <h2 className={styles.small}>{words.waiting}</h2>
      <ol className={styles.queue}>
        {waiting.slice(0, WAITING).map((person, at) => (
          <li key={person.personId}>
            <span className={styles.no}>{at + 1}</span>
            {person.name}
          </li>
        ))}
      </ol>
      {waiting.length > WAITING && <p className={styles.small}>{words.more(waiting.length - WAITING)}</p>}
    </section>
  );
}

function Rows({ view: { session } }: { view: SessionSnapshot }) {
  const words = useWords(screenWords);
  const refresh = useRefresh();
  const sessionId = session?.sessionId ?? '';
  const { data = [] } = useAsk('session.rows', { sessionId }, { when: sessionId !== '', every: ASK_MS });
  const number = session?.problems ?? 0;
  useEffect(() => {
    void refresh('session.rows');
  }, [number, refresh]);
  const last = data.map((row, at) => ({ ...row, no: at + 1 })).slice(-ROWS);
  if (last.length === 0) return null;
  return (
    <section aria-label={words.rows}>
      <h2 className={styles.small}>{words.rows}</h2>
      <ol className={styles.rows}>
        {last.reverse().map((row) => (
          <li key={row.rowId}>
            <span className={styles.no}>{row.no}</span>
            <span className={styles.words}>{row.problem}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
