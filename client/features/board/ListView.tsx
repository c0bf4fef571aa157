import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { BoardView } from '../../../shared/contract/board.ts';
import type { ProblemRow } from '../../../shared/problem.ts';
import { newId } from '../../../shared/ids.ts';
import { serverNow } from '../../lib/clock.ts';
import { isError } from '../../../shared/errors.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Bench } from './Bench.tsx';
import { BoardContext, type BoardParts, type TopicChoice } from './board-context.ts';
import styles from './board.module.css';
import { Cards } from './Cards.tsx';
import { CellPresence } from './cell-presence.ts';
import { focusCell, showRow } from './focus.ts';
import { type Filter, shanghaiDay, shownRows } from './list-view.ts';
import { ProblemList } from './problem-list.ts';
import { NoteBar } from './NoteBar.tsx';
import { Sheet } from './Sheet.tsx';
import { useEveryRowOnPaper } from './print.ts';
import { StateStrip } from './StateStrip.tsx';
import { useHand } from './use-hand.ts';
import type { Live } from './use-live.ts';
import { useMeetingRows } from './use-meeting-rows.ts';
import { boardWords } from './words.ts';

export interface ListViewProps {
  board: BoardView;
  live: Live;
  topics: readonly TopicChoice[];
  topicId: string;
  sessionId: string;
  meetingRows: number | undefined;
  focusRow: string | undefined;
  me: string;
  /** Cards instead of the table. */
  narrow: boolean;
  onShowMessage: ((messageId: string) => void) | undefined;
}

const PAGE = 100;

/** The problem list: its tools, its state, its rows. */
export function ListView(props: ListViewProps) {
  const { live, narrow, topicId, focusRow } = props;
  const words = useWords(boardWords);
  const place = useRef<HTMLDivElement>(null);
  const parts = useParts(live);
  const snapshot = useSyncExternalStore(parts?.list.subscribe ?? never, parts?.list.get ?? nothing);
  const [filter, setFilter] = useState<Filter>({ scope: topicId ? 'here' : 'all', query: '' });
  const [limit, setLimit] = useState(PAGE);
  const [open, setOpen] = useState<string>();
  const [note, setNote] = useState<{ text: string; undo?: string }>();
  const hand = useHand(parts?.presence, snapshot?.rows ?? none, narrow ? open : undefined);
  const meeting = useMeetingRows(props.sessionId, props.meetingRows, filter.scope === 'meeting');
  useEffect(() => {
    if (!focusRow) return;
    setFilter({ scope: 'all', query: '' });
    setLimit(Number.MAX_SAFE_INTEGER);
    const frame = requestAnimationFrame(() => showRow(place.current, focusRow));
    return () => cancelAnimationFrame(frame);
  }, [focusRow, parts]);
  useEveryRowOnPaper(() => setLimit(Number.MAX_SAFE_INTEGER));
  if (!parts || !snapshot || !live.loaded) return <Loading live={live} />;
  const { rows, counts, held } = shownRows(hand.inOrder(snapshot.rows), filter, topicId, hand.stays, meeting);
  const { list, presence } = parts;

  const add = () => {
    const rowId = newId();
    const { sessionId, me } = props;
    const now = { proposer: me, proposedOn: shanghaiDay(serverNow()) };
    const where = sessionId ? { sessionId, source: 'symposium' as const } : {};
    try {
      list.add({ rowId, topic: topicId, ...now, ...where });
    } catch (error) {
      if (!isError(error, 'TOO_LARGE')) throw error;
      return setNote({ text: words.full });
    }
    setFilter((before) => ({ scope: before.scope === 'withdrawn' ? 'all' : before.scope, query: '' }));
    setLimit((before) => before + 1);
    setOpen(rowId);
    hand.keep(rowId);
    focusCell(place.current, rowId, 'problem');
  };
  const letGo = () => {
    setOpen(undefined);
    hand.leave();
  };
  /** What is taken back with a row goes at once, though the caret is in it. */
  const step = (act: () => void) => {
    act();
    const under = list.get().rows.find((row) => row.rowId === hand.stays.hand);
    if (under?.withdrawn && filter.scope !== 'withdrawn') letGo();
  };
  const undo = () => step(() => list.undo());
  const redo = () => step(() => list.redo());
  const context: BoardParts = {
    list,
    presence,
    readOnly: live.readOnly,
    topics: props.topics,
    topicId,
    refuse: (text) => setNote({ text }),
    withdraw: (rowId, n) => {
      list.withdraw(rowId);
      letGo();
      setNote({ text: words.taken(n), undo: rowId });
    },
    showMessage: props.onShowMessage,
  };
  const handAt = rows.findIndex(({ row }) => row.rowId === hand.stays.hand);
  const first = rows.slice(0, Math.max(limit, handAt + 1));
  return (
    <BoardContext value={context}>
      <div className={styles.view} ref={place} {...hand.on}>
        <Bench
          board={props.board}
          sessionId={props.sessionId}
          live={live}
          snapshot={snapshot}
          counts={counts}
          inRoom={topicId !== ''}
          filter={filter}
          onFilter={setFilter}
          onAdd={add}
          onUndo={undo}
          onRedo={redo}
        />
        <StateStrip live={live} />
        <div className={styles.body} onKeyDown={(event) => undoKeys(event.nativeEvent, undo, redo)}>
          {rows.length === 0 ? (
            <div className={styles.nothing}>
              <Nothing
                blank={counts.all === 0 && filter.scope !== 'withdrawn' && filter.query === ''}
                readOnly={live.readOnly}
                onAdd={add}
                onAll={() => setFilter({ scope: 'all', query: '' })}
              />
            </div>
          ) : narrow ? (
            <Cards rows={first} focusRow={focusRow} open={open} onOpen={setOpen} />
          ) : (
            <Sheet
              rows={first}
              inRoom={topicId !== ''}
              oneTopic={filter.scope === 'here'}
              focusRow={focusRow}
              onAdd={add}
            />
          )}
        </div>
        {rows.length > limit && (
          <Button kind="quiet" onClick={() => setLimit(limit + PAGE)}>
            {words.more(Math.min(PAGE, rows.length - limit))}
          </Button>
        )}
        {snapshot.malformed.length > 0 && (
          <p className={styles.aside}>{words.malformed(snapshot.malformed.length)}</p>
        )}
        {held ? (
          <NoteBar
            {...(held === 'withdrawn' ? { undo: hand.stays.hand } : {})}
            text={held === 'withdrawn' ? words.takenUnderHand : words.elsewhere}
            onUndo={(rowId) => list.restore(rowId)}
          />
        ) : (
          note && (
            <NoteBar {...note} onUndo={(rowId) => list.restore(rowId)} onClose={() => setNote(undefined)} />
          )
        )}
      </div>
    </BoardContext>
  );
}

/** The list and the places of others, for as long as the document is open. */
function useParts(live: Live): { list: ProblemList; presence: CellPresence } | undefined {
  const [parts, setParts] = useState<{ list: ProblemList; presence: CellPresence }>();
  const { document } = live;
  useEffect(() => {
    const opened = { list: new ProblemList(document.doc), presence: new CellPresence(document.awareness) };
    setParts(opened);
    return () => {
      setParts(undefined);
      opened.list.destroy();
      opened.presence.destroy();
    };
  }, [document]);
  return parts;
}

/** Ctrl+Z takes back one's own last change. */
function undoKeys(event: KeyboardEvent, undo: () => void, redo: () => void): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
  const key = event.key.toLowerCase();
  if (key !== 'z' && key !== 'y') return;
  event.preventDefault();
  if (key === 'y' || event.shiftKey) redo();
  else undo();
}

function Loading({ live }: { live: Live }) {
  return (
    <div className={styles.view}>
      <StateStrip live={live} />
      <div className={styles.loading}>
        <Skeleton rows={1} />
        <Skeleton height={220} />
      </div>
    </div>
  );
}

interface NothingProps {
  /** There is no row at all, rather than none that matches. */
  blank: boolean;
  readOnly: boolean;
  onAdd: () => void;
  onAll: () => void;
}

function Nothing({ blank, readOnly, onAdd, onAll }: NothingProps) {
  const words = useWords(boardWords);
  if (!blank)
    return <Empty title={words.nothingHere} action={<Button onClick={onAll}>{words.showAll}</Button>} />;
  if (readOnly) return <Empty title={words.emptyTitle} note={words.emptyReader} />;
  // Not the primary action: beside it stand “start the meeting” and “send”.
  const action = <Button onClick={onAdd}>{words.addFirst}</Button>;
  return <Empty title={words.emptyTitle} note={words.emptyNote} action={action} />;
}

const never = () => () => undefined;
const nothing = () => undefined;
const none: readonly ProblemRow[] = [];
