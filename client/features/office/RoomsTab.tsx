import { useState } from 'react';
import type { Room } from '../../../shared/contract/rooms.ts';
import { api } from '../../lib/api.ts';
import { useAct, useAsk, useRefresh } from '../../lib/query.ts';
import { topicName } from '../../../shared/topic.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Trouble } from '../entry/Trouble.tsx';
import styles from './Office.module.css';
import { reordered } from './order.ts';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RoomDialog } from './RoomDialog.tsx';
import { officeWords } from './words.ts';

async function moveRoom(rooms: readonly Room[], index: number, by: number): Promise<void> {
  for (const { thing, order } of reordered(rooms, index, by)) {
    const { roomId, version, name, break: old, build, prompts } = thing;
    await api.rooms.edit({ roomId, version, order, name, break: old, build, prompts });
  }
}

interface ListProps {
  rooms: readonly Room[];
  onEdit: (room: Room) => void;
  onRemove: (room: Room) => void;
}

function RoomList({ rooms, onEdit, onRemove }: ListProps) {
  const words = useWords(officeWords);
  const refresh = useRefresh();
  const { busy, failure, run } = useAct();
  const move = async (index: number, by: number) => {
    await run(() => moveRoom(rooms, index, by));
    await refresh('rooms.list');
  };
  return (
    <>
      {failure && <ErrorNote failure={failure} />}
      <Card>
        <ol className={styles.items}>
          {rooms.map((room, n) => (
            <li key={room.roomId} className={styles.item}>
              <span className={styles.what}>
                <b>{topicName(room)}</b>
                <small>{words.promptCount(room.prompts.length)}</small>
              </span>
              <span className={styles.tools}>
                <IconButton
                  label={words.upN(n + 1)}
                  disabled={busy || n === 0}
                  onClick={() => void move(n, -1)}
                >
                  <Icon name="up" />
                </IconButton>
                <IconButton
                  label={words.downN(n + 1)}
                  disabled={busy || n === rooms.length - 1}
                  onClick={() => void move(n, 1)}
                >
                  <Icon name="down" />
                </IconButton>
                <IconButton label={words.editOf(topicName(room))} onClick={() => onEdit(room)}>
                  <Icon name="edit" />
                </IconButton>
                <IconButton label={words.removeOf(topicName(room))} onClick={() => onRemove(room)}>
                  <Icon name="trash" />
                </IconButton>
              </span>
            </li>
          ))}
        </ol>
      </Card>
    </>
  );
}

/** The rooms of a campaign: named, ordered, asked about, added and removed. */
export function RoomsTab({ campaignId }: { campaignId: string }) {
  const words = useWords(officeWords);
  const refresh = useRefresh();
  const { data, failure, retry } = useAsk('rooms.list', { campaignId });
  const [editing, setEditing] = useState<Room | 'new'>();
  const [removing, setRemoving] = useState<Room>();
  const add = (
    <Button kind="primary" onClick={() => setEditing('new')}>
      {words.addRoom}
    </Button>
  );
  if (!data) return failure ? <Trouble failure={failure} retry={retry} /> : <Skeleton rows={8} />;
  return (
    <div className={styles.stack}>
      {data.length === 0 ? (
        <Empty title={words.noRooms} note={words.noRoomsNote} action={add} />
      ) : (
        <>
          <div className={styles.end}>{add}</div>
          <RoomList rooms={data} onEdit={setEditing} onRemove={setRemoving} />
        </>
      )}
      {editing && (
        <RoomDialog
          campaignId={campaignId}
          room={editing === 'new' ? undefined : data.find(({ roomId }) => roomId === editing.roomId)}
          onClose={() => setEditing(undefined)}
        />
      )}
      <RemoveDialog
        name={removing && topicName(removing)}
        note={words.removeRoomNote}
        onClose={() => setRemoving(undefined)}
        onRemove={async () => {
          if (removing) await api.rooms.remove({ roomId: removing.roomId });
          await refresh('rooms.list');
        }}
      />
    </div>
  );
}
