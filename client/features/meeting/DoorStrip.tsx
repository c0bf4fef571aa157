import { useState } from 'react';
import type { DoorRequest } from '../../../shared/contract/session.ts';
import { api } from '../../lib/api.ts';
import { timeText } from '../../lib/dates.ts';
import { keyOf, queries } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './door.module.css';
import { doorWords } from './door-words.ts';
import { useRoom } from './room.ts';
import { useWaiting } from './use-waiting.ts';

/** What the moderator is asked about the door: who wants to be let in, and who has a second device. */
export default function DoorStrip() {
  const room = useRoom();
  const waiting = useWaiting(room);
  return (
    <div role="status">
      {waiting.length > 0 && <Requests waiting={waiting} />}
      {room.can('session:steer') && <SecondDevices />}
    </div>
  );
}

function Requests({ waiting }: { waiting: readonly DoorRequest[] }) {
  const words = useWords(doorWords);
  const { state, run } = useRoom();
  const { sessionId } = state;
  const [open, setOpen] = useState(false);
  const many = waiting.length > 1;
  const answer = (who: readonly DoorRequest[], letIn: boolean): void =>
    void run(async () => {
      const requestIds = who.map((each) => each.requestId);
      const left = await api.session.answer({ sessionId, requestIds, letIn });
      queries.setQueryData(keyOf('session.waiting', { sessionId }), left);
    });
  return (
    <section className={styles.strip} aria-label={words.requests}>
      {many && (
        <div className={styles.line}>
          <p className={styles.what}>
            <b>{words.waitingMany(waiting.length)}</b>
            <span className={styles.names}>{[...new Set(waiting.map((each) => each.name))].join('、')}</span>
          </p>
          <span className={styles.deeds}>
            <Button small kind="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? words.fold : words.oneByOne}
            </Button>
            <Button small kind="li" onClick={() => answer(waiting, true)}>
              {words.letAllIn}
            </Button>
          </span>
        </div>
      )}
      {(!many || open) &&
        waiting.map((each) => (
          <div key={each.requestId} className={styles.line}>
            <p className={styles.what}>
              <b>{words.wants(each.name)}</b>
              <span className={styles.meta}>
                {[
                  each.unitName,
                  timeText(each.since),
                  each.why === 'staff' ? words.whyStaff : words.whyPresent,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </p>
            <span className={styles.deeds}>
              <Button small aria-label={words.refuseWho(each.name)} onClick={() => answer([each], false)}>
                {words.refuse}
              </Button>
              <Button
                small
                kind="li"
                aria-label={words.letInWho(each.name)}
                onClick={() => answer([each], true)}
              >
                {words.letIn}
              </Button>
            </span>
          </div>
        ))}
    </section>
  );
}

/** Told once for each device more; who has been looked at is told again only when another one comes. */
function SecondDevices() {
  const words = useWords(doorWords);
  const { state, view, openDevices } = useRoom();
  const [seen, setSeen] = useState<Readonly<Record<string, number>>>({});
  const double = view.presence.people.filter((p) => p.devices > 1 && p.devices > (seen[p.personId] ?? 1));
  return double.map(({ personId, devices }) => {
    const name = state.people[personId]?.name;
    const done = () => setSeen((before) => ({ ...before, [personId]: devices }));
    return (
      name !== undefined && (
        <section key={personId} className={styles.strip} aria-label={words.secondDevice(name, devices)}>
          <div className={styles.line}>
            <p className={styles.what}>
              <b>{words.secondDevice(name, devices)}</b>
            </p>
            <span className={styles.deeds}>
              <Button
                small
                onClick={() => {
                  done();
                  openDevices(personId);
                }}
              >
                {words.look}
              </Button>
              <IconButton label={words.seen} onClick={done}>
                <Icon name="close" size={16} />
              </IconButton>
            </span>
          </div>
        </section>
      )
    );
  });
}
