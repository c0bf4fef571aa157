import type { SessionSnapshot } from '../../lib/session.ts';
import { linkOrigin } from '../../lib/origin.ts';
import { useWords } from '../../lib/words.ts';
import { QrCode } from '../../ui/QrCode.tsx';
import { joinUrl, spacedCode } from '../sessions/invitation.ts';
import styles from './screen.module.css';
import { screenWords } from './words.ts';

/** How late comers get in, and the numbers of the meeting. */
export function Foot({ view }: { view: SessionSnapshot }) {
  const words = useWords(screenWords);
  const { state, presence, link, session } = view;
  const runs = state.phase === 'live' || state.phase === 'paused';
  const code = runs ? (session?.code ?? '') : '';
  return (
    <footer className={styles.foot}>
      {code !== '' && (
        <>
          <div className={styles.smallQr}>
            <QrCode text={joinUrl(code)} />
          </div>
          <p className={styles.address}>
            {words.scanOr(linkOrigin().replace(/^https?:\/\//, ''))}
            <output className={styles.number} aria-label={words.code}>
              {spacedCode(code)}
            </output>
          </p>
        </>
      )}
      <p className={styles.numbers}>
        {link === 'down' && <span className={styles.offline}>{words.offline}</span>}
        {runs && <span>{words.present(presence.people.length)}</span>}
        {state.phase !== 'draft' && <span>{words.problems(session?.problems ?? 0)}</span>}
        <span className={styles.title}>{state.schedule?.title}</span>
      </p>
    </footer>
  );
}
