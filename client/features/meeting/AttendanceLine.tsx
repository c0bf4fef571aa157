import { useState } from 'react';
import { ATTENDANCE_LABEL } from '../../../shared/labels.ts';
import { AttendanceStatus, type PersonState } from '../../../shared/log.ts';
import { useKept } from '../../lib/kept.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Face } from '../../ui/Face.tsx';
import { Select, TextInput } from '../../ui/Field.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { doorWords } from './door-words.ts';
import { inside, useRoom } from './room.ts';
import common from './room.module.css';
import styles from './dialogs.module.css';
import { useTurnMinutes } from './turn-minutes.ts';
import { meetingWords } from './words.ts';

/** One person: how they are marked, why they are away, their devices. */
export function AttendanceLine({ person }: { person: PersonState }) {
  const words = useWords(meetingWords);
  const doors = useWords(doorWords);
  const { view, can } = useRoom();
  const seen = view.presence.people.find((p) => p.personId === person.personId);
  return (
    <li className={styles.attendLine}>
      <Face name={person.name} id={person.personId} />
      <div className={styles.attendWho}>
        <b>{person.name}</b>
        <span className={common.meta}>{[person.unitName, person.level].filter(Boolean).join(' · ')}</span>
      </div>
      {person.walkIn && <Tag tone="warn">{doors.walkIn}</Tag>}
      {seen ? (
        <Tag tone="li">{seen.away ? words.away : words.online}</Tag>
      ) : (
        inside(person) && <Tag>{words.cut}</Tag>
      )}
      {can('session:steer') && <Moves person={person} devices={seen?.devices ?? 0} />}
      {can('session:attendance') && <Mark person={person} />}
    </li>
  );
}

function Mark({ person }: { person: PersonState }) {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const { store, state, myId, run } = useRoom();
  const { personId, name, attendance } = person;
  const [written, kept] = useKept<string>(myId, `leave.${state.sessionId}.${personId}`);
  const reason = written ?? person.reason;
  const attend = async (status: AttendanceStatus, why: string): Promise<void> => {
    if (await run(() => store.act('session.attend', { personId, status, reason: why }))) kept.done();
  };
  const unmarked = inside(person) ? words.byEntry : ATTENDANCE_LABEL.none[language];
  return (
    <span className={styles.attendMark}>
      <Select
        aria-label={words.attendanceFor(name)}
        value={attendance}
        onChange={(event) => void attend(AttendanceStatus.parse(event.target.value), reason)}
      >
        {AttendanceStatus.options.map((status) => (
          <option key={status} value={status}>
            {status === 'none' ? unmarked : ATTENDANCE_LABEL[status][language]}
          </option>
        ))}
      </Select>
      {attendance === 'leave' && (
        <>
          <TextInput
            aria-label={words.reasonFor(name)}
            placeholder={words.reason}
            value={reason}
            onChange={(event) =>
              kept.write(event.target.value === person.reason ? undefined : event.target.value)
            }
          />
          {reason !== person.reason && (
            <Button small onClick={() => void attend('leave', reason)}>
              {words.save}
            </Button>
          )}
        </>
      )}
    </span>
  );
}

function Moves({ person, devices }: { person: PersonState; devices: number }) {
  const words = useWords(meetingWords);
  const doors = useWords(doorWords);
  const { state, store, run, myId, openDevices } = useRoom();
  const [minutes] = useTurnMinutes();
  const [asking, setAsking] = useState(false);
  const { personId, name } = person;
  const meeting = state.phase === 'live' || state.phase === 'paused';
  if (!inside(person)) return null;
  return (
    <span className={styles.attendMoves}>
      {meeting && state.floor?.personId !== personId && (
        <Button
          small
          aria-label={words.giveFloorTo(name)}
          onClick={() => void run(() => store.act('session.giveFloor', { personId, minutes }))}
        >
          {words.giveFloor}
        </Button>
      )}
      {devices > 1 && (
        <Button small aria-label={doors.devicesTitle(name)} onClick={() => openDevices(personId)}>
          {words.devices(devices)}
        </Button>
      )}
      {personId !== myId && (
        <Button small kind="quiet" aria-label={words.removeWho(name)} onClick={() => setAsking(true)}>
          {words.remove}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.removeTitle(name)}
        note={words.removeNote}
        action={words.remove}
        danger
        onConfirm={() => store.act('session.removePerson', { personId })}
      />
    </span>
  );
}
