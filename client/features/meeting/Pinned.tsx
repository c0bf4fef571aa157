import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './stream.module.css';
import { meetingWords } from './words.ts';

/** What the moderator holds up for everybody. */
export function Pinned() {
  const words = useWords(meetingWords);
  const { state, can, store, run, showMessage } = useRoom();
  const pinned = Object.values(state.messages).filter((m) => m.pinned && !m.recalled && !m.hidden);
  if (pinned.length === 0) return null;
  return (
    <ul className={styles.pinned} aria-label={words.pinned}>
      {pinned.map((message) => (
        <li key={message.id} className={common.row}>
          <button type="button" className={styles.pin} onClick={() => showMessage(message.id)}>
            <b>{words.pinnedTag}</b> {state.people[message.by]?.name}：{message.body}
          </button>
          {can('message:pin') && (
            <Button
              small
              kind="quiet"
              onClick={() => void run(() => store.act('session.unpin', { messageId: message.id }))}
            >
              {words.unpin}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
