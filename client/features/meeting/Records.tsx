import { useState } from 'react';
import type { Resolution } from '../../../shared/log.ts';
import { calendarText } from '../../lib/dates.ts';
import { formAt } from '../../lib/form.ts';
import { keptWords } from '../../lib/kept.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { RecordForm, recordAt } from './RecordForm.tsx';
import { recordWords } from './record-words.ts';
import { useRoom } from './room.ts';
import roomStyles from './room.module.css';
import styles from './records.module.css';
import { meetingWords } from './words.ts';

const KINDS: readonly Resolution['kind'][] = ['decision', 'action'];

/** 决定与任务: only what stands here is printed as one in the minutes. */
export default function Records() {
  const words = useWords(recordWords);
  const common = useWords(meetingWords);
  const { state, can, myId } = useRoom();
  const mayRecord = can('session:record') && state.phase !== 'draft';
  // What is half written opens by itself.
  const [kind, setKind] = useState(() =>
    KINDS.find((each) => keptWords.at(myId, formAt(recordAt(state.sessionId, each))).read() !== undefined),
  );
  const records = state.resolutions;
  return (
    <section className={styles.records} aria-label={common.records}>
      <h2 className={roomStyles.railHead}>
        {common.records} · <span className={roomStyles.num}>{records.filter((r) => !r.struck).length}</span>
      </h2>
      {mayRecord && !kind && (
        <div className={roomStyles.row}>
          <Button small onClick={() => setKind('decision')}>
            {words.addDecision}
          </Button>
          <Button small onClick={() => setKind('action')}>
            {words.addAction}
          </Button>
        </div>
      )}
      {mayRecord && kind && <RecordForm key={kind} kind={kind} onDone={() => setKind(undefined)} />}
      {records.length === 0 && <Empty title={words.noRecords} note={words.noRecordsNote} />}
      <ul className={styles.recordList} aria-label={common.records}>
        {records.map((record) => (
          <Line key={record.id} record={record} mayStrike={mayRecord} />
        ))}
      </ul>
    </section>
  );
}

function Line({ record, mayStrike }: { record: Resolution; mayStrike: boolean }) {
  const words = useWords(recordWords);
  const common = useWords(meetingWords);
  const language = useLanguage();
  const { store } = useRoom();
  const [asking, setAsking] = useState(false);
  const decision = record.kind === 'decision';
  return (
    <li className={classes(styles.recordLine, record.struck && styles.struck)}>
      <Tag tone={decision ? 'li' : 'info'}>{decision ? common.decision : common.action}</Tag>
      <div className={roomStyles.grow}>
        <p className={styles.recordText}>{record.text}</p>
        <p className={roomStyles.meta}>
          {[
            decision ? words.unitIs(record.who) : words.ownerIs(record.who),
            record.owner && words.ownerIs(record.owner),
            record.due && common.dueOn(calendarText(record.due, language)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {record.struck && <Tag tone="warn">{common.struckTag}</Tag>}
      {mayStrike && !record.struck && (
        <Button small kind="quiet" onClick={() => setAsking(true)}>
          {words.strike}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.strikeTitle}
        note={words.strikeNote(record.text)}
        action={words.strikeConfirm}
        danger
        onConfirm={() => store.act('session.strike', { recordId: record.id, reason: '' })}
      />
    </li>
  );
}
