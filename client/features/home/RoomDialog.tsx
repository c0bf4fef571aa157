import { Link } from 'wouter';
import type { Room } from '../../../shared/contract/rooms.ts';
import type { SessionView } from '../../../shared/contract/session.ts';
import { topicLine } from '../../lib/topic.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { SessionRow } from '../sessions/SessionRow.tsx';
import styles from './RoomDialog.module.css';
import { homeWords } from './words.ts';

/** Behind the door: the questions to talk about, the meetings of this room, and a way to call a new one. */
export function RoomDialog({
  room,
  sessions,
  creates,
  open,
  onClose,
}: {
  room: Room;
  sessions: readonly SessionView[];
  creates: boolean;
  open: boolean;
  onClose: () => void;
}) {
  const words = useWords(homeWords);
  const language = useLanguage();
  const newest = [...sessions].sort((a, b) => b.plannedAt.localeCompare(a.plannedAt));
  return (
    <Dialog open={open} onClose={onClose} title={topicLine(room)}>
      {room.prompts.length > 0 && (
        <section className={styles.part}>
          <h3>{words.prompts}</h3>
          <ul className={styles.prompts}>
            {room.prompts.map((prompt, n) => (
              <li key={n}>{prompt[language] || prompt.zh}</li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles.part}>
        <h3>{words.sessionsHere}</h3>
        {newest.length === 0 && <small>{words.noSession}</small>}
        <div>
          {newest.slice(0, 6).map((session) => (
            <SessionRow key={session.sessionId} session={session} />
          ))}
        </div>
        {newest.length > 6 && <Link href={`/c/${room.campaignId}/sessions`}>{words.allSessions}</Link>}
      </section>
      {creates && (
        <Actions>
          <LinkButton href={`/c/${room.campaignId}/sessions/new?room=${room.roomId}`} kind="primary">
            {words.newSession}
          </LinkButton>
        </Actions>
      )}
    </Dialog>
  );
}
