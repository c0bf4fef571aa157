import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import { type Language, ROLE_LABEL } from '../../../shared/labels.ts';
import type { PersonState } from '../../../shared/log.ts';
import { dayText, timeText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { MessageRow } from './MessageRow.tsx';
import { OutboxRows } from './OutboxRows.tsx';
import { STREAM } from './places.ts';
import { RecordMark } from './RecordMark.tsx';
import { type Room, useRoom } from './room.ts';
import styles from './stream.module.css';
import { type StreamRow, streamRows } from './stream-rows.ts';
import { roving } from './use-roving.ts';
import { useStick } from './use-stick.ts';
import { meetingWords } from './words.ts';

/** What was said, newest at the end. */
export function Stream() {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const room = useRoom();
  const { view, store, run } = room;
  const rows = useMemo(() => streamRows(view.state, view.from), [view]);
  const stick = useStick(rows.at(-1)?.key ?? '');
  useOwnWordsInSight(view.outbox.length, stick.toBottom);
  const { box, hold } = stick;
  useAskedMessage(room, box, hold);
  const older = async (): Promise<void> => {
    await run(async () => {
      const loading = store.loadOlder();
      hold();
      await loading;
    });
  };
  return (
    <div className={styles.streamHolder}>
      <div className={styles.stream} ref={box} id={STREAM} {...roving()} role="log" aria-label={words.talk}>
        <div ref={stick.inner} className={styles.lines}>
          {view.older && (
            <Button small kind="quiet" onClick={() => void older()}>
              {words.older}
            </Button>
          )}
          {!rows.some(said) && view.outbox.length === 0 && (
            <Empty title={words.emptyTalk} note={words.emptyTalkNote} />
          )}
          {rows.map((row) => line(row, room, language))}
          <OutboxRows />
        </div>
      </div>
      {stick.below && (
        <Button small className={styles.below ?? ''} onClick={stick.toBottom}>
          {words.newBelow}
        </Button>
      )}
    </div>
  );
}

const said = ({ type }: StreamRow): boolean => type === 'message' || type === 'record';

/** What I say myself is shown to me, wherever I was reading. */
function useOwnWordsInSight(count: number, toBottom: () => void): void {
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) toBottom();
    before.current = count;
  }, [count, toBottom]);
}

/** Brings a message into sight that somebody asked for elsewhere; reads older pages until it is there. */
function useAskedMessage(
  { messageAsked, view, store }: Room,
  box: RefObject<HTMLElement | null>,
  hold: () => void,
) {
  const done = useRef(messageAsked.times);
  useEffect(() => {
    if (done.current === messageAsked.times) return;
    const line = box.current?.querySelector(`[data-message="${messageAsked.messageId}"]`);
    if (line instanceof HTMLElement) {
      done.current = messageAsked.times;
      line.scrollIntoView({ block: 'center' });
      line.focus({ preventScroll: true });
    } else if (view.older) {
      hold();
      store.loadOlder().catch(() => {
        done.current = messageAsked.times;
      });
    } else done.current = messageAsked.times;
  }, [messageAsked, view.from, view.older, store, box, hold]);
}

/** One line. Messages get plain values, so that of two thousand only those that changed are drawn again. */
function line(row: StreamRow, room: Room, language: Language): ReactNode {
  if (row.type !== 'message') return <Mark key={`${row.type} ${row.key}`} row={row} />;
  const { state, myId, can, deeds } = room;
  const { id, by, kind, body, at, recalled, hidden, pinned, floor, marked } = row.message;
  const { rowId, unproven } = row.message;
  const person = state.people[by];
  const open = state.phase === 'live' || state.phase === 'paused';
  return (
    <MessageRow
      key={id}
      id={id}
      by={by}
      name={person?.name ?? ''}
      capacity={capacityOf(person, unproven === true, language)}
      unproven={unproven === true}
      walkIn={person?.walkIn === true}
      kind={kind}
      body={body}
      at={at}
      own={by === myId}
      recalled={recalled}
      hidden={hidden}
      pinned={pinned}
      floor={floor === true}
      marked={marked === true}
      rowId={rowId ?? ''}
      mayRecall={by === myId && open}
      mayHide={can('message:hide')}
      mayPin={can('message:pin')}
      mayMark={can('session:record') && !state.sealed}
      mayTakeUp={can('message:take-up')}
      deeds={deeds}
    />
  );
}

function Mark({ row }: { row: Exclude<StreamRow, { type: 'message' }> }) {
  const words = useWords(meetingWords);
  const language = useLanguage();
  if (row.type === 'record') return <RecordMark record={row.record} />;
  return (
    <p className={styles.mark}>
      {row.type === 'day'
        ? dayText(row.at, language)
        : `${timeText(row.at)} ${words.entered(row.no, row.title)}`}
    </p>
  );
}

/** What was written without proof bears no badge, whatever stands on the name. */
function capacityOf(person: PersonState | undefined, unproven: boolean, language: Language): string {
  if (!person) return '';
  if (!unproven && person.capacity && person.capacity !== 'participant')
    return ROLE_LABEL[person.capacity][language];
  return person.level || person.unitName;
}
