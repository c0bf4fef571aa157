import { useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useRoom } from './room.ts';
import styles from './header.module.css';
import { meetingWords } from './words.ts';

/** Whether what I said stands in the log. */
export function Saved() {
  const words = useWords(meetingWords);
  const { view, wide, tab } = useRoom();
  const { outbox } = view;
  const stuck = outbox.filter((message) => message.status !== 'sending').length;
  const safe = outbox.length === 0;
  // On the phone's page of the list, the list's own mark stands there.
  if (safe && !wide && tab === 'list') return null;
  return (
    <span className={classes(styles.saved, stuck > 0 && styles.unsaved)} role="status">
      {safe && <Icon name="check" size={16} />}
      {safe ? words[wide ? 'saidSaved' : 'saved'] : stuck > 0 ? words.unsent(stuck) : words.sending}
    </span>
  );
}
