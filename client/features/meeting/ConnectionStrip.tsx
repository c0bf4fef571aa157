import { useSlowCarrier } from '../../lib/doc/use-slow-carrier.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { useOnline } from '../../ui/OfflineStrip.tsx';
import { useRoom } from './room.ts';
import styles from './strips.module.css';
import { meetingWords } from './words.ts';

/** The line to the room is cut although the network is there, or is a slow one; the shell tells when the network itself is gone. */
export function ConnectionStrip() {
  const words = useWords(meetingWords);
  const online = useOnline();
  const slow = useSlowCarrier();
  const { link } = useRoom().view;
  return (
    <div role="status">
      {link === 'down' && online && <p className={styles.link}>{words.reconnecting}</p>}
      {link === 'elsewhere' && (
        <p className={styles.link}>
          {words.lineElsewhere}{' '}
          <Button small onClick={() => location.reload()}>
            {words.continueHere}
          </Button>
        </p>
      )}
      {(link === 'connected' || link === 'connecting') && slow && (
        <p className={styles.link}>{words.slowLine}</p>
      )}
    </div>
  );
}
