import { useWords } from '../../lib/words.ts';
import { useOnline } from '../../ui/OfflineStrip.tsx';
import { useRoom } from './room.ts';
import styles from './room.module.css';
import { meetingWords } from './words.ts';

/** The line to the room is cut although the network is there; the shell tells when the network itself is gone. */
export function ConnectionStrip() {
  const words = useWords(meetingWords);
  const online = useOnline();
  const { link } = useRoom().view;
  return (
    <div role="status" className={styles.linkHolder}>
      {link === 'down' && online && <p className={styles.link}>{words.reconnecting}</p>}
    </div>
  );
}
