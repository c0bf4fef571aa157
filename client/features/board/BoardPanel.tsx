import { Tabs } from '@base-ui/react/tabs';
import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { readRows } from '../../../shared/board.ts';
import type { BoardView } from '../../../shared/contract/board.ts';
import { usePerson } from '../../lib/me.ts';
import { useAsk } from '../../lib/query.ts';
import { standingRows } from '../../../shared/problem.ts';
import { topicClass } from '../../../shared/topic.ts';
import { useWords } from '../../lib/words.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { classes } from '../../ui/classes.ts';
import styles from './board.module.css';
import { EarlierVersions } from './EarlierVersions.tsx';
import { ExportButton } from './ExportButton.tsx';
import { ListView } from './ListView.tsx';
import { SaveMark } from './SaveMark.tsx';
import { type Live, useLive } from './use-live.ts';
import { useWidth } from './use-width.ts';
import { boardWords } from './words.ts';

const DraftView = lazy(() => import('./DraftView.tsx'));

export interface BoardPanelProps {
  boardId: string;
  /** The room it is seen from: new rows belong to it, and the list can be narrowed to it. */
  topicId?: string;
  sessionId?: string;
  /** How many rows are of this meeting; absent before it begins. */
  meetingRows?: number;
  /** A row to bring into sight and mark. */
  focusRow?: string;
  onShowMessage?: (messageId: string) => void;
  /** A sheet of somebody else's behind the board's own two. */
  extra?: { label: ReactNode; count: number; content: ReactNode };
}

/** A unit's board: the problem list and the draft, both written together. Fills the height it is given. */
export default function BoardPanel(props: BoardPanelProps) {
  const board = useAsk('board.get', { boardId: props.boardId });
  if (board.failure) return <ErrorNote failure={board.failure} onRetry={board.retry} />;
  if (!board.data) return <Frame />;
  return <Sheets {...props} board={board.data} />;
}

function Frame() {
  return (
    <div className={styles.loading}>
      <Skeleton rows={1} />
      <Skeleton height={240} />
    </div>
  );
}

/** Under this width a table cannot be read: cards instead. */
const NARROW = 560;

function Sheets({
  board,
  topicId = '',
  sessionId = '',
  meetingRows,
  focusRow,
  onShowMessage,
  extra,
}: BoardPanelProps & { board: BoardView }) {
  const words = useWords(boardWords);
  const person = usePerson();
  const [tab, setTab] = useState<'list' | 'draft' | 'extra'>('list');
  const [draftWanted, setDraftWanted] = useState(false);
  const self = useRef<HTMLDivElement>(null);
  const width = useWidth(self);
  const readOnly = board.access === 'read';
  const list = useLive({ name: board.list, person, readOnly });
  const draft = useLive({ name: draftWanted ? board.draft : '', person, readOnly });
  const rooms = useAsk('rooms.list', { campaignId: board.campaignId });
  const topics = (rooms.data ?? []).map((room) => ({
    roomId: room.roomId,
    name: topicClass(room),
  }));
  useEffect(() => {
    if (focusRow) setTab('list');
  }, [focusRow]);
  const choose = (value: unknown) => {
    setTab(value === 'draft' || value === 'extra' ? value : 'list');
    if (value === 'draft') setDraftWanted(true);
  };
  const swallowSave = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    const status = (tab === 'draft' ? draft : list)?.status;
    toast(status?.kind === 'saved' || status?.kind === 'saving' ? words.autoSaved : words.notYetSaved);
  };
  return (
    // What stands here is written by people together: a page that is translated would show and store other words.
    <Tabs.Root
      ref={self}
      value={tab}
      onValueChange={choose}
      className={classes(styles.panel, 'notranslate')}
      translate="no"
      onKeyDown={swallowSave}
    >
      <div className={styles.head}>
        <Tabs.List className={styles.tabs} aria-label={words.sheets} activateOnFocus>
          <Tabs.Tab value="list" className={styles.tab}>
            {words.list}
            {meetingRows === undefined ? (
              list?.loaded && <Count live={list} />
            ) : (
              <span className={styles.tabCount} title={words.countOfMeeting(meetingRows)}>
                {meetingRows}
              </span>
            )}
          </Tabs.Tab>
          <Tabs.Tab value="draft" className={styles.tab}>
            {words.draft}
          </Tabs.Tab>
          {extra && (
            <Tabs.Tab value="extra" className={styles.tab}>
              {extra.label}
              <span className={styles.tabCount}>{extra.count}</span>
            </Tabs.Tab>
          )}
        </Tabs.List>
        <div className={styles.state}>
          <SaveMark live={tab === 'draft' ? draft : list} />
          {tab === 'draft' && <ExportButton board={board} sessionId={sessionId} part="draft" />}
          {tab !== 'extra' && <EarlierVersions board={board} part={tab} sessionId={sessionId} />}
        </div>
      </div>
      <Tabs.Panel value="list" className={styles.sheetPlace} tabIndex={-1}>
        {list && width !== undefined ? (
          <ListView
            board={board}
            live={list}
            topics={topics}
            topicId={topicId}
            sessionId={sessionId}
            meetingRows={meetingRows}
            focusRow={focusRow}
            me={person?.name ?? ''}
            narrow={width < NARROW}
            onShowMessage={onShowMessage}
          />
        ) : (
          <Frame />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="draft" className={styles.sheetPlace} tabIndex={-1}>
        <Suspense fallback={<Frame />}>
          {draft ? <DraftView live={draft} boardId={board.boardId} /> : <Frame />}
        </Suspense>
      </Tabs.Panel>
      {extra && (
        <Tabs.Panel value="extra" className={styles.sheetPlace} tabIndex={-1}>
          {extra.content}
        </Tabs.Panel>
      )}
    </Tabs.Root>
  );
}

/** How many rows stand in the list. */
function Count({ live }: { live: Live }) {
  const { doc } = live.document;
  const follow = (tell: () => void) => {
    doc.on('update', tell);
    return () => doc.off('update', tell);
  };
  const n = useSyncExternalStore(follow, () => standingRows(readRows(doc).rows).length);
  return <span className={styles.tabCount}>{n}</span>;
}
