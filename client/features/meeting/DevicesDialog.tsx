import { api } from '../../lib/api.ts';
import { timeText } from '../../lib/dates.ts';
import { useAsk } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Tag } from '../../ui/Tag.tsx';
import styles from './door.module.css';
import { doorWords } from './door-words.ts';
import { useRoom } from './room.ts';

/** A person's devices, the one that came first on top; what is not theirs can be signed out. */
export function DevicesDialog({ personId, onClose }: { personId: string; onClose: () => void }) {
  const words = useWords(doorWords);
  const { state, run } = useRoom();
  const { sessionId } = state;
  const { data, failure, retry } = useAsk('session.devices', { sessionId, personId }, { every: 5_000 });
  const drop = (deviceId: string): void =>
    void run(() => api.session.dropDevice({ sessionId, personId, deviceId })).then(retry);
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.devicesTitle(state.people[personId]?.name ?? '')}
      note={words.devicesNote}
    >
      {failure && <ErrorNote failure={failure} />}
      {!data && !failure && <Skeleton rows={2} />}
      {data?.length === 0 && <p>{words.noDevices}</p>}
      <ul className={styles.list}>
        {data?.map((device, at) => (
          <li key={device.deviceId} className={styles.item}>
            <span className={styles.two}>
              <b>{words.came(timeText(device.since))}</b>
              <span className={styles.meta}>
                {[device.proven ? words.proven : words.claimed, at === 0 && words.first]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {device.mine && <Tag tone="info">{words.mine}</Tag>}
            <Tag tone={device.here ? 'li' : 'plain'}>{device.here ? words.online : words.offline}</Tag>
            {!device.proven && !device.mine && (
              <Button
                small
                kind="danger"
                aria-label={words.dropWhich(timeText(device.since))}
                onClick={() => drop(device.deviceId)}
              >
                {words.drop}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
