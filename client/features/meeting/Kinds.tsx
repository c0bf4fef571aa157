import { KIND_LABEL } from '../../../shared/labels.ts';
import { MESSAGE_KINDS } from './message-kinds.ts';
import type { MessageKind } from '../../../shared/log.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './composer.module.css';
import { meetingWords } from './words.ts';

/** What kind of message it will be; 小结 is for staff. */
export function Kinds({ value, onChange }: { value: MessageKind; onChange: (kind: MessageKind) => void }) {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const { can } = useRoom();
  const kinds = MESSAGE_KINDS.filter((kind) => kind !== 'summary' || can('session:record'));
  return (
    <fieldset className={styles.kinds}>
      <legend className={common.legend}>{words.kind}</legend>
      {kinds.map((kind) => (
        <label key={kind} className={classes(styles.kind, kind === value && styles.kindOn)}>
          <input
            type="radio"
            name="kind"
            value={kind}
            checked={kind === value}
            onChange={() => onChange(kind)}
          />
          {KIND_LABEL[kind][language]}
        </label>
      ))}
    </fieldset>
  );
}
