import type { RoomSession } from '../../../shared/contract/session.ts';
import { serverNow } from '../../lib/clock.ts';
import { spanText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Card } from '../../ui/Card.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import styles from './InvitePanel.module.css';
import { isOwnMachine, joinUrl, spacedCode } from './invitation.ts';
import { sessionWords } from './words.ts';

/** The way in: six digits, a QR code and a link, each good to be read out, scanned or sent. */
export function InvitePanel({ session }: { session: RoomSession }) {
  const words = useWords(sessionWords);
  const language = useLanguage();
  if (session.code === '')
    return (
      <Card pad className={styles.panel} aria-label={words.invite}>
        <h2>{words.invite}</h2>
        <small>{session.phase === 'ended' ? words.codeGone : words.codeNone}</small>
      </Card>
    );
  const url = joinUrl(session.code);
  const when = spanText(session.plannedAt, session.plannedMinutes, language, serverNow());
  return (
    <Card pad className={styles.panel} aria-label={words.invite}>
      <h2>{words.invite}</h2>
      <div className={styles.way}>
        <QrCode text={url} className={styles.qr} />
        <div className={styles.code}>
          <small>{words.code}</small>
          <output aria-label={words.code}>{spacedCode(session.code)}</output>
        </div>
      </div>
      {isOwnMachine(url) && <p className={styles.warn}>{words.localhost}</p>}
      <a className={styles.link} href={url}>
        {url}
      </a>
      <div className={styles.copy}>
        <CopyButton text={url} label={words.copyLink} small />
        <CopyButton
          text={words.invitation(session.title, when, session.place, session.code, url)}
          label={words.copyInvitation}
          small
        />
      </div>
      <small>{words.inviteNote}</small>
    </Card>
  );
}
