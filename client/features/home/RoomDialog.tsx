import type { Room } from '../../../shared/contract/rooms.ts';
import { useCards } from '../../lib/cards.ts';
import { topicName } from '../../../shared/topic.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { More } from '../../ui/More.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Trouble } from '../entry/Trouble.tsx';
import { SessionRow } from '../sessions/SessionRow.tsx';
import styles from './RoomDialog.module.css';
import { homeWords } from './words.ts';

/** Behind the door: the questions to talk about, the meetings of this room, and a way to call a new one. */
export function RoomDialog({
  room,
  creates,
  open,
  onClose,
}: {
  room: Room;
  creates: boolean;
  open: boolean;
  onClose: () => void;
}) {
  const words = useWords(homeWords);
  const language = useLanguage();
  const { campaignId, roomId } = room;
  const { cards, failure, retry, more, busy } = useCards({ campaignId, roomId }, { when: open });
  return (
    <Dialog open={open} onClose={onClose} title={topicName(room)}>
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
        {cards?.length === 0 && <small>{words.noSession}</small>}
        {!cards && (failure ? <Trouble failure={failure} retry={retry} /> : <Skeleton rows={2} />)}
        <div>
          {cards?.map((session) => (
            <SessionRow key={session.sessionId} session={session} />
          ))}
        </div>
        <More onMore={more} busy={busy} />
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
