import type { SessionSnapshot } from '../../lib/session.ts';
import { useWords } from '../../lib/words.ts';
import { QrCode } from '../../ui/QrCode.tsx';
import { joinUrl, spacedCode } from '../sessions/invitation.ts';
import styles from './screen.module.css';
import { screenWords } from './words.ts';

const SHOWN = 5;

/** How to come in, and who speaks next. */
export function Side({ view }: { view: SessionSnapshot }) {
  const words = useWords(screenWords);
  const { state, session } = view;
  const code = session?.code ?? '';
  const waiting = state.hands.flatMap((id) => state.people[id] ?? []);
  return (
    <aside className={styles.side}>
      {code !== '' && (
        <>
          <QrCode text={joinUrl(code)} className={styles.qr ?? ''} />
          <output className={styles.code} aria-label={words.code}>
            {spacedCode(code)}
          </output>
          <p className={styles.small}>{words.scan}</p>
        </>
      )}
      {waiting.length > 0 && (
        <section className={styles.waiting} aria-label={words.waiting}>
          <h2 className={styles.small}>{words.waiting}</h2>
          <ol>
            {waiting.slice(0, SHOWN).map((person, at) => (
              <li key={person.personId}>
                <span className={styles.no}>{at + 1}</span>
                {person.name}
              </li>
            ))}
          </ol>
          {waiting.length > SHOWN && <p className={styles.small}>{words.more(waiting.length - SHOWN)}</p>}
        </section>
      )}
    </aside>
  );
}
