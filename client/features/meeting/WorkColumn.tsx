import { lazy, Suspense, useState } from 'react';
import { useWords } from '../../lib/words.ts';
import { PageBoundary } from '../../page-boundary.tsx';
import { classes } from '../../ui/classes.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Records } from './Records.tsx';
import { useRoom } from './room.ts';
import styles from './room.module.css';
import { meetingWords } from './words.ts';

const Board = lazy(() => import('../board/BoardPanel.tsx'));

/** The work beside the talk: the unit's list and draft, and on a desk what was decided. */
export function WorkColumn() {
  const words = useWords(meetingWords);
  const { wide, state } = useRoom();
  const [sheet, setSheet] = useState<'board' | 'records'>('board');
  if (!wide) return <BoardSheet />;
  const records = state.resolutions.filter((record) => !record.struck).length;
  const tab = (name: typeof sheet, label: string, count?: number) => (
    <button
      type="button"
      role="tab"
      aria-selected={sheet === name}
      className={classes(styles.sheetTab, sheet === name && styles.sheetOn)}
      onClick={() => setSheet(name)}
    >
      {label}
      {count !== undefined && <span className={styles.sheetCount}>{count}</span>}
    </button>
  );
  return (
    <section className={styles.work} aria-label={words.work}>
      <div role="tablist" aria-label={words.work} className={styles.sheetTabs}>
        {tab('board', words.boardSheet)}
        {tab('records', words.records, records)}
      </div>
      <div className={styles.sheet} hidden={sheet !== 'board'}>
        <BoardSheet />
      </div>
      {sheet === 'records' && (
        <div className={styles.sheet}>
          <Records />
        </div>
      )}
    </section>
  );
}

function BoardSheet() {
  const words = useWords(meetingWords);
  const { state, view, can, rowAsked, showMessage } = useRoom();
  const boardId = state.schedule?.boardId ?? '';
  if (!can('board:read') || boardId === '') return <p className={styles.noBoard}>{words.noBoard}</p>;
  return (
    <PageBoundary>
      <Suspense fallback={<Skeleton rows={8} className={styles.frame ?? ''} />}>
        <Board
          boardId={boardId}
          sessionId={state.sessionId}
          topicId={view.session?.roomId ?? ''}
          focusRow={rowAsked}
          onShowMessage={showMessage}
        />
      </Suspense>
    </PageBoundary>
  );
}
