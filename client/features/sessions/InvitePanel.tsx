import type { RoomSession } from '../../../shared/contract/session.ts';
import { topicName } from '../../../shared/topic.ts';
import { wholeSpanText } from '../../lib/dates.ts';
import { useAsk } from '../../lib/query.ts';
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
  const { campaignId, roomId } = session;
  const { data: rooms } = useAsk('rooms.list', { campaignId }, { when: session.code !== '' });
  const room = rooms?.find((each) => each.roomId === roomId);
  if (session.code === '')
    return (
      <Card pad className={styles.panel} aria-label={words.invite}>
        <h2>{words.invite}</h2>
        <small>{session.phase === 'ended' ? words.codeGone : words.codeNone}</small>
      </Card>
    );
  const url = joinUrl(session.code);
  const invitation = words.invitation({
    title: session.title,
    theme: room && topicName(room),
    host: session.unitName,
    when: wholeSpanText(session.plannedAt, session.plannedMinutes, language),
    place: session.place,
    code: spacedCode(session.code),
    url,
  });
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
        <CopyButton text={invitation} label={words.copyInvitation} small />
      </div>
      <small>{words.inviteNote}</small>
    </Card>
  );
}
