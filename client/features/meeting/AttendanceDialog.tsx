import type { PersonState } from '../../../shared/log.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { AttendanceLine } from './AttendanceLine.tsx';
import { doorWords } from './door-words.ts';
import { awaited, inside, useRoom } from './room.ts';
import common from './room.module.css';
import styles from './dialogs.module.css';
import { meetingWords } from './words.ts';

/** 应到, 实到, 请假, 列席: who is marked how, and what can be done about it. */
export function AttendanceDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(meetingWords);
  const doors = useWords(doorWords);
  const { state, can, openDialog } = useRoom();
  const people = Object.values(state.people).filter(
    (p) => p.expected || p.joinedAt || p.attendance !== 'none',
  );
  const count = (test: (p: PersonState) => boolean): number => people.filter(test).length;
  const figures: [string, number][] = [
    [words.expected, count((p) => p.expected)],
    [words.arrived, count((p) => p.joinedAt !== undefined || p.attendance === 'present')],
    [words.onLeave, count((p) => p.attendance === 'leave')],
    [words.observing, count((p) => p.attendance === 'observing' || p.capacity === 'observer')],
  ];
  const groups: [string, PersonState[]][] = [
    [words.missing, people.filter((p) => awaited(p) && p.attendance === 'none')],
    [words.people, people.filter((p) => inside(p) && p.attendance !== 'leave')],
    [words.onLeave, people.filter((p) => p.attendance === 'leave')],
    [words.others, people.filter((p) => !inside(p) && !awaited(p) && p.attendance !== 'leave')],
  ];
  return (
    <Dialog open onClose={onClose} title={words.attendance} size="wide">
      <dl className={styles.figures}>
        {figures.map(([label, n]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={common.num}>{n}</dd>
          </div>
        ))}
      </dl>
      {can('session:steer') && state.phase !== 'ended' && (
        <div className={common.row}>
          <Button small onClick={() => openDialog('walk-ins')}>
            {doors.walkInsTitle}
          </Button>
        </div>
      )}
      {groups.map(
        ([label, members]) =>
          members.length > 0 && (
            <section key={label} aria-label={label} className={styles.attendGroup}>
              <h3 className={common.railHead}>
                {label} · <span className={common.num}>{members.length}</span>
              </h3>
              <ul className={styles.attendList}>
                {members.map((person) => (
                  <AttendanceLine key={person.personId} person={person} />
                ))}
              </ul>
            </section>
          ),
      )}
    </Dialog>
  );
}
