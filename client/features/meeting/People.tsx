import type { ReactNode } from 'react';
import { attendanceOf } from '../../../shared/attendance.ts';
import type { Presence } from '../../../shared/contract/session.ts';
import type { PersonState } from '../../../shared/log.ts';
import { ROLE_LABEL } from '../../../shared/labels.ts';
import { STAFF_ROLES } from '../../../shared/roles.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { Figures } from './Figures.tsx';
import { doorWords } from './door-words.ts';
import { inside, useRoom } from './room.ts';
import common from './room.module.css';
import styles from './people.module.css';
import { useTurnMinutes } from './turn-minutes.ts';
import { LINE, roving } from './use-roving.ts';
import { meetingWords } from './words.ts';

/** Who is here now; folded below it who was, who is on leave, and who is still waited for. */
export function People() {
  const words = useWords(meetingWords);
  const doors = useWords(doorWords);
  const { state, view, can, openDialog } = useRoom();
  const people = Object.values(state.people);
  const online = new Map(view.presence.people.map((p) => [p.personId, p]));
  const here = people.filter((p) => online.has(p.personId));
  const away = people.filter((p) => p.joinedAt !== undefined && !online.has(p.personId));
  const strangers = here.filter((p) => p.walkIn).length;
  const { leave, absent } = attendanceOf(state);
  const missing = absent.filter((p) => !away.includes(p) && !online.has(p.personId));
  return (
    <section aria-label={words.people}>
      <h2 className={common.railHead}>
        <span aria-hidden="true">
          {words.people} · <span className={common.num}>{online.size}</span>
        </span>
        <VisuallyHidden>{words.peopleOf(online.size)}</VisuallyHidden>
        {can('session:attendance') && (
          <Button
            small
            kind="quiet"
            className={styles.headTool ?? ''}
            onClick={() => openDialog('attendance')}
          >
            {words.attendance}
          </Button>
        )}
      </h2>
      <Figures />
      <ul className={styles.people} aria-label={words.people} {...(here.length > 0 && roving())}>
        {here.map((person) => (
          <Present key={person.personId} person={person} seen={online.get(person.personId)} />
        ))}
      </ul>
      {strangers > 0 && can('session:steer') && (
        <p className={common.row}>
          <span className={common.meta}>{doors.walkIns(strangers)}</span>
          <Button small kind="quiet" onClick={() => openDialog('walk-ins')}>
            {doors.manage}
          </Button>
        </p>
      )}
      <Folded label={words.outOfSight} count={away.length}>
        {away.map((person) => (
          <Present key={person.personId} person={person} seen={undefined} />
        ))}
      </Folded>
      <Folded label={words.onLeave} count={leave.length}>
        <li>{leave.map((p) => p.name).join('、')}</li>
      </Folded>
      <Folded label={state.phase === 'ended' ? words.absent : words.missing} count={missing.length}>
        <li>{missing.map((p) => p.name).join('、')}</li>
      </Folded>
    </section>
  );
}

function Folded({ label, count, children }: { label: string; count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <details className={styles.folded}>
      <summary className={common.railHead}>
        {label} · <span className={common.num}>{count}</span>
      </summary>
      <ul className={styles.people}>{children}</ul>
    </details>
  );
}

function Present({ person, seen }: { person: PersonState; seen: Presence['people'][number] | undefined }) {
  const words = useWords(meetingWords);
  const doors = useWords(doorWords);
  const language = useLanguage();
  const special = person.capacity && person.capacity !== 'participant';
  // Here, but on no device that has proven the role: the name alone bears no badge.
  const bare = STAFF_ROLES.includes(person.capacity ?? 'guest') && seen !== undefined && seen.staff !== true;
  const gone = person.attendance === 'leave';
  return (
    <li className={styles.person} {...LINE}>
      <Face name={person.name} id={person.personId} size={24} />
      <span className={common.name}>{person.name}</span>
      {special && !bare && person.capacity && <Tag>{ROLE_LABEL[person.capacity][language]}</Tag>}
      {gone && <Tag tone="warn">{words.onLeave}</Tag>}
      {seen === undefined && <span className={common.meta}>{inside(person) ? words.cut : words.others}</span>}
      {seen?.away && <span className={common.meta}>{words.away}</span>}
      {person.walkIn && <Tag tone="warn">{doors.walkIn}</Tag>}
      {seen && seen.devices > 1 && <Devices personId={person.personId} devices={seen.devices} />}
      {seen && <GiveFloor person={person} />}
    </li>
  );
}

/** 请发言 for whom the moderator wants to hear, in the queue or not. */
function GiveFloor({ person: { personId, name } }: { person: PersonState }) {
  const words = useWords(meetingWords);
  const { state, store, run, can } = useRoom();
  const [minutes] = useTurnMinutes();
  const meeting = state.phase === 'live' || state.phase === 'paused';
  if (!meeting || !can('session:steer') || state.floor?.personId === personId) return null;
  return (
    <Button
      small
      tabIndex={-1}
      className={styles.give}
      aria-label={words.giveFloorTo(name)}
      onClick={() => void run(() => store.act('session.giveFloor', { personId, minutes }))}
    >
      {words.giveFloor}
    </Button>
  );
}

/** A second device is seen by everybody, and looked at by who steers. */
function Devices({ personId, devices }: { personId: string; devices: number }) {
  const words = useWords(meetingWords);
  const { can, openDevices } = useRoom();
  if (!can('session:steer')) return <span className={common.meta}>{words.devices(devices)}</span>;
  return (
    <Button small tabIndex={-1} onClick={() => openDevices(personId)}>
      {words.devices(devices)}
    </Button>
  );
}
