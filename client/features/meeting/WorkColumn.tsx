import { useWords } from '../../lib/words.ts';
import { PageBoundary } from '../../page-boundary.tsx';
import { Board } from './BoardLater.tsx';
import { Records } from './RecordsLater.tsx';
import { useRoom } from './room.ts';
import styles from './records.module.css';
import { meetingWords } from './words.ts';

/** The work beside the talk: the unit's list and draft, and on a desk what was decided. */
export function WorkColumn() {
  const words = useWords(meetingWords);
  const { state, view, can, wide, rowAsked, showMessage } = useRoom();
  const boardId = state.schedule?.boardId ?? '';
  const count = state.resolutions.filter((record) => !record.struck).length;
  if (!can('board:read') || boardId === '')
    return (
      <section className={styles.work} aria-label={words.work}>
        <p className={styles.noBoard}>{words.noBoard}</p>
        {wide && <Records />}
      </section>
    );
  return (
    <section className={styles.work} aria-label={words.work}>
      <PageBoundary>
        <Board
          boardId={boardId}
          sessionId={state.sessionId}
          {...(state.phase !== 'draft' && { meetingRows: view.session?.problems ?? 0 })}
          topicId={view.session?.roomId ?? ''}
          focusRow={rowAsked}
          onShowMessage={showMessage}
          {...(wide && { extra: { label: words.records, count, content: <Records /> } })}
        />
      </PageBoundary>
    </section>
  );
}
