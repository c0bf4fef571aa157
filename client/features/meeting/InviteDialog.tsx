import { useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import { GuestLinks } from './GuestLinks.tsx';
import { joinLink, spacedCode } from './join-link.ts';
import { useRoom } from './room.ts';
import styles from './room.module.css';
import { meetingWords } from './words.ts';

/** Code, link and QR code; links for guests; the way to the big screen. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(meetingWords);
  const { view, state } = useRoom();
  const code = view.session?.code ?? '';
  const link = joinLink(code);
  return (
    <Dialog open onClose={onClose} title={words.inviteTitle} note={words.inviteNote}>
      {code !== '' && (
        <div className={styles.invite}>
          <QrCode text={link} className={styles.qr ?? ''} />
          <div className={styles.inviteFacts}>
            <span className={styles.meta}>{words.code}</span>
            <output className={styles.bigCode} aria-label={words.code}>
              {spacedCode(code)}
            </output>
            <span className={styles.linkText}>{link}</span>
            <div className={styles.row}>
              <CopyButton text={link} label={words.copyLink} />
              <LinkButton href={`/s/${state.sessionId}/screen`}>{words.screen}</LinkButton>
            </div>
          </div>
        </div>
      )}
      <GuestLinks sessionId={state.sessionId} />
    </Dialog>
  );
}
