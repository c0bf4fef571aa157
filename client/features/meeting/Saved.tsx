import { useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useRoom } from './room.ts';
import styles from './room.module.css';
import { meetingWords } from './words.ts';

/** Whether what I said stands in the log. */
export function Saved() {
  const words = useWords(meetingWords);
  const { outbox } = useRoom().view;
  const stuck = outbox.filter((message) => message.status !== 'sending').length;
  const safe = outbox.length === 0;
  return (
    <span className={classes(styles.saved, stuck > 0 && styles.unsaved)} role="status">
      {safe && <Icon name="check" size={16} />}
      {safe ? words.saved : stuck > 0 ? words.unsent(stuck) : words.sending}
    </span>
  );
}
