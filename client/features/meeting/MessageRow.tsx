import { type KeyboardEvent, memo, useState } from 'react';
import { KIND_LABEL } from '../../../shared/labels.ts';
import type { MessageKind } from '../../../shared/log.ts';
import { timeText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Face } from '../../ui/Face.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Tag, type Tone } from '../../ui/Tag.tsx';
import { doorWords } from './door-words.ts';
import type { MessageDeeds } from './use-message-deeds.ts';
import common from './room.module.css';
import styles from './stream.module.css';
import { LINE } from './use-roving.ts';
import { meetingWords } from './words.ts';

export const KIND_TONE = {
  speech: 'plain',
  problem: 'po',
  suggestion: 'li',
  summary: 'info',
} as const satisfies Record<MessageKind, Tone>;

interface RowProps {
  id: string;
  by: string;
  name: string;
  capacity: string;
  unproven: boolean;
  walkIn: boolean;
  kind: MessageKind;
  body: string;
  at: string;
  own: boolean;
  recalled: boolean;
  hidden: boolean;
  pinned: boolean;
  floor: boolean;
  marked: boolean;
  rowId: string;
  mayRecall: boolean;
  mayHide: boolean;
  mayPin: boolean;
  mayMark: boolean;
  mayTakeUp: boolean;
  deeds: MessageDeeds;
}

/** One message. Takes plain values only, so that of two thousand lines only the changed one is drawn again. */
export const MessageRow = memo(function MessageRow(props: RowProps) {
  const words = useWords(meetingWords);
  const doors = useWords(doorWords);
  const language = useLanguage();
  const { id, by, name, capacity, kind, body, at, own, hidden, recalled, pinned, floor, marked } = props;
  const { rowId, mayHide, deeds } = props;
  if (recalled) return <p className={styles.mark}>{words.recalledBy(name)}</p>;
  if (hidden && own) return <p className={styles.mark}>{words.yoursHidden}</p>;
  if (hidden && !mayHide) return <p className={styles.mark}>{words.hiddenNote}</p>;
  return (
    <article
      className={classes(styles.say, hidden && styles.dim)}
      data-message={id}
      {...LINE}
      {...marking(props)}
      aria-label={words.messageOf(name, KIND_LABEL[kind][language], timeText(at))}
    >
      <Face name={name} id={by} />
      <header className={styles.head}>
        <b>{name}</b>
        <span>{capacity}</span>
        {props.unproven && <Tag tone="warn">{doors.unproven}</Tag>}
        {props.walkIn && <Tag tone="warn">{doors.walkIn}</Tag>}
        <Tag tone={KIND_TONE[kind]}>{KIND_LABEL[kind][language]}</Tag>
        <time className={common.num} dateTime={at}>
          {timeText(at)}
        </time>
        {(floor || marked) && !hidden && (
          <span className={styles.enters} title={words.inMinutes}>
            <Icon name="check" size={13} />
            {words.intoMinutes}
          </span>
        )}
      </header>
      <p className={styles.body}>{body}</p>
      {(rowId !== '' || pinned || hidden) && (
        <p className={styles.badges}>
          {rowId !== '' && (
            <button type="button" tabIndex={-1} className={styles.taken} onClick={() => deeds.showRow(rowId)}>
              {words.inList}
            </button>
          )}
          {pinned && <Tag tone="info">{words.pinnedTag}</Tag>}
          {hidden && <Tag tone="warn">{words.hiddenTag}</Tag>}
        </p>
      )}
      <Tools {...props} />
    </article>
  );
});

/** M on a message that has the focus puts it into the minutes, and again takes it out. */
function marking({ id, hidden, floor, marked, mayMark, deeds }: RowProps) {
  if (!mayMark || hidden || floor) return {};
  return {
    'aria-keyshortcuts': 'm',
    onKeyDown(event: KeyboardEvent) {
      const own = event.target === event.currentTarget && !event.repeat;
      if (!own || event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      (marked ? deeds.unmark : deeds.mark)(id);
    },
  };
}

function Tools(props: RowProps) {
  const { id, own, hidden, pinned, floor, marked, rowId } = props;
  const { mayRecall, mayHide, mayPin, mayMark, mayTakeUp, deeds } = props;
  const words = useWords(meetingWords);
  const [open, setOpen] = useState(false);
  const takeUp = mayTakeUp && rowId === '' && !hidden;
  const mark = mayMark && !hidden && !floor;
  const pin = mayPin && !hidden;
  const hide = mayHide && !own;
  if (!takeUp && !mark && !pin && !hide && !mayRecall) return null;
  const tool = (label: string, deed: (messageId: string) => void) => (
    <Button small kind="quiet" tabIndex={-1} onClick={() => deed(id)}>
      {label}
    </Button>
  );
  return (
    <div className={classes(styles.tools, open && styles.toolsOpen)}>
      <IconButton
        label={words.tools}
        aria-expanded={open}
        tabIndex={-1}
        className={styles.toolsSwitch ?? ''}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" size={18} />
      </IconButton>
      <span className={styles.toolList}>
        {takeUp && tool(words.takeUp, deeds.takeUp)}
        {mark && (marked ? tool(words.outOfMinutes, deeds.unmark) : tool(words.intoMinutes, deeds.mark))}
        {pin && (pinned ? tool(words.unpin, deeds.unpin) : tool(words.pin, deeds.pin))}
        {hide && (hidden ? tool(words.unhide, deeds.show) : tool(words.hide, deeds.hide))}
        {mayRecall && tool(words.recall, deeds.recall)}
      </span>
    </div>
  );
}
