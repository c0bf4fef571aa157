import type { Resolution } from '../../../shared/log.ts';
import { calendarText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { Tag } from '../../ui/Tag.tsx';
import common from './room.module.css';
import styles from './records.module.css';
import { meetingWords } from './words.ts';

/** A decision or an action in the talk, where it was recorded. */
export function RecordMark({ record }: { record: Resolution }) {
  const words = useWords(meetingWords);
  const language = useLanguage();
  return (
    <div className={classes(styles.record, record.struck && styles.struck)}>
      <Tag tone="li">{record.kind === 'decision' ? words.decision : words.action}</Tag>
      <span className={styles.recordWhat}>{record.text}</span>
      <span className={common.meta}>
        {[record.who, record.owner, record.due && words.dueOn(calendarText(record.due, language))]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {record.struck && <Tag tone="warn">{words.struckTag}</Tag>}
    </div>
  );
}
