import { attendanceOf, seatOf } from '../../../shared/attendance.ts';
import type { PersonState } from '../../../shared/log.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { AttendanceLine } from './AttendanceLine.tsx';
import { doorWords } from './door-words.ts';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './dialogs.module.css';
import { meetingWords } from './words.ts';

/** 应到 = 实到 + 请假 + 缺席, and who was there beside: who is marked how, and what can be done about it. */
export function AttendanceDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(meetingWords);
  const doors = useWords(doorWords);
  const { state, can, openDialog } = useRoom();
  const over = state.phase === 'ended';
  const found = attendanceOf(state);
  const known = (p: PersonState) => p.expected || p.joinedAt !== undefined || p.attendance !== 'none';
  const uncounted = Object.values(state.people).filter((p) => known(p) && seatOf(p) === undefined);
  const figures: [string, number][] = [
    [words.expected, found.expected.length],
    [words.arrived, found.arrived.length],
    [words.onLeave, found.leave.length],
    [over ? words.absent : words.missing, found.absent.length],
    [words.observing, found.observing.length],
  ];
  const groups: [string, PersonState[]][] = [
    [over ? words.absent : words.missing, found.absent],
    [words.arrived, found.arrived],
    [words.onLeave, found.leave],
    [words.observing, found.observing],
    [words.desk, found.desk],
    [words.extra, found.extra],
    [words.uncounted, uncounted],
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
