import { useWords } from '../../lib/words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ScreensPanel } from '../screen/ScreensPanel.tsx';
import { GuestLinks } from '../sessions/GuestLinks.tsx';
import { InvitePanel } from '../sessions/InvitePanel.tsx';
import { RosterOnly } from '../sessions/RosterOnly.tsx';
import { useRoom } from './room.ts';
import styles from './dialogs.module.css';
import { meetingWords } from './words.ts';

/** Code, link and QR code; links for guests; the way to the big screen. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(meetingWords);
  const { view } = useRoom();
  const { session } = view;
  if (!session) return null;
  return (
    <Dialog open onClose={onClose} title={words.inviteTitle}>
      <div className={styles.invite}>
        <InvitePanel session={session} />
        <RosterOnly session={session} />
        <ScreensPanel session={session} />
        <GuestLinks session={session} />
      </div>
    </Dialog>
  );
}
