import { useState } from 'react';
import { newId } from '../../../shared/ids.ts';
import type { WalkInView } from '../../../shared/contract/session.ts';
import { api } from '../../lib/api.ts';
import { serverNow } from '../../lib/clock.ts';
import { timeText } from '../../lib/dates.ts';
import { useAsk } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Tick } from '../../ui/Field.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { RosterOnly } from '../sessions/RosterOnly.tsx';
import styles from './door.module.css';
import { doorWords } from './door-words.ts';
import { useRoom } from './room.ts';

const LATELY_MS = 10 * 60_000;
/** As many as one command takes. */
const BATCH = 500;

/** Who came in by the code without being on the roster; several are sent out with one press. */
export function WalkInsDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(doorWords);
  const { state, view } = useRoom();
  const { sessionId } = state;
  const { data, failure, retry } = useAsk('session.walkIns', { sessionId }, { every: 10_000 });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const ids = (data ?? []).map((each) => each.personId).filter((id) => chosen.has(id));
  const remove = async (): Promise<void> => {
    for (let at = 0; at < ids.length; at += BATCH)
      await api.session.removeWalkIns({ sessionId, id: newId(), personIds: ids.slice(at, at + BATCH) });
    toast(words.removed(ids.length));
    setChosen(new Set());
    retry();
  };
  return (
    <Dialog open onClose={onClose} title={words.walkInsTitle} note={words.walkInsNote} size="wide">
      {failure && <ErrorNote failure={failure} />}
      {!data && !failure && <Skeleton rows={4} />}
      {data?.length === 0 && <p className={styles.note}>{words.nobody}</p>}
      {data && data.length > 0 && (
        <>
          <Choices all={data} onChoose={(some) => setChosen(new Set(some.map((each) => each.personId)))} />
          <ul className={`${styles.list} ${styles.scroll}`}>
            {data.map((each) => (
              <WalkIn
                key={each.personId}
                person={each}
                chosen={chosen.has(each.personId)}
                onChoose={(on) => setChosen((before) => toggled(before, each.personId, on))}
              />
            ))}
          </ul>
        </>
      )}
      {data && data.length > 0 && (
        <Actions>
          <Button kind="danger" disabled={ids.length === 0} onClick={() => setAsking(true)}>
            {words.removeChosen(ids.length)}
          </Button>
        </Actions>
      )}
      {view.session && <RosterOnly session={view.session} />}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.removeTitle(ids.length)}
        note={words.removeNote}
        action={words.removeConfirm}
        danger
        onConfirm={remove}
      />
    </Dialog>
  );
}

function toggled(before: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  const after = new Set(before);
  if (on) after.add(id);
  else after.delete(id);
  return after;
}

/** All, those of the last minutes, and those of each phone from which several came. */
function Choices({
  all,
  onChoose,
}: {
  all: readonly WalkInView[];
  onChoose: (some: readonly WalkInView[]) => void;
}) {
  const words = useWords(doorWords);
  const lately = all.filter((each) => serverNow() - Date.parse(each.since) < LATELY_MS);
  const devices = [...new Set(all.map((each) => each.device))].filter((device) => device > 0);
  const groups = devices.map((device) => all.filter((each) => each.device === device));
  return (
    <div className={styles.chips}>
      <Button small onClick={() => onChoose(all)}>
        {words.all(all.length)}
      </Button>
      {lately.length > 0 && lately.length < all.length && (
        <Button small onClick={() => onChoose(lately)}>
          {words.lately(lately.length)}
        </Button>
      )}
      {groups
        .filter((group) => group.length > 1)
        .map((group) => (
          <Button key={group[0]!.device} small onClick={() => onChoose(group)}>
            {words.sameDevice(group.length)}
          </Button>
        ))}
      <Button small kind="quiet" onClick={() => onChoose([])}>
        {words.none}
      </Button>
    </div>
  );
}

function WalkIn({
  person,
  chosen,
  onChoose,
}: {
  person: WalkInView;
  chosen: boolean;
  onChoose: (on: boolean) => void;
}) {
  const words = useWords(doorWords);
  const { name, unitName, since, inside } = person;
  return (
    <li className={styles.item}>
      <Tick checked={chosen} onChange={(event) => onChoose(event.target.checked)}>
        <b>{name}</b>{' '}
        <span className={styles.meta}>
          {[unitName, words.came(timeText(since)), !inside && words.outside].filter(Boolean).join(' · ')}
        </span>
      </Tick>
    </li>
  );
}
