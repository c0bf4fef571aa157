import { attendanceOf, figuresOf } from '../../../shared/attendance.ts';
import { attendanceText } from '../../lib/attendance-text.ts';
import { useLanguage } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import styles from './people.module.css';
import { useRoom } from './room.ts';
import common from './room.module.css';

/** How many were expected, and what became of them. */
export function Figures() {
  const language = useLanguage();
  const { state } = useRoom();
  const text = attendanceText(figuresOf(attendanceOf(state)), language, state.phase === 'ended');
  return <p className={classes(common.meta, styles.figures)}>{text}</p>;
}
