import { useMemo, useSyncExternalStore } from 'react';
import { DRAFT_FIELD } from '../../../shared/board.ts';
import { draftNodes } from '../../../shared/draft-json.ts';
import { api } from '../../lib/api.ts';
import { succeeds } from '../../lib/doc/succeeds.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './board.module.css';
import './draft.css';
import { DraftBoundary } from './DraftBoundary.tsx';
import { DraftEditor } from './DraftEditor.tsx';
import { DraftPaper } from './DraftPaper.tsx';
import { DraftDesk } from './draft-desk.ts';
import { DeletedNote } from './DeletedNote.tsx';
import { LostWords } from './LostWords.tsx';
import { StateStrip } from './StateStrip.tsx';
import type { Live } from './use-live.ts';
import { boardWords } from './words.ts';

/** The draft: one text, written together. Loaded when it is first looked at. */
export default function DraftView({ live, boardId }: { live: Live; boardId: string }) {
  return (
    <div className={styles.view}>
      {live.loaded ? (
        <Draft live={live} boardId={boardId} />
      ) : (
        <>
          <StateStrip live={live} />
          <div className={styles.loading}>
            <Skeleton rows={1} />
            <Skeleton height={260} />
          </div>
        </>
      )}
    </div>
  );
}

const report = (error: unknown): void => {
  succeeds(() => {
    throw error;
  });
};

function Draft({ live, boardId }: { live: Live; boardId: string }) {
  const { doc } = live.document;
  const desk = useMemo(
    () => new DraftDesk({ doc, mend: () => api.board.mendDraft({ boardId }), report }),
    [doc, boardId],
  );
  const phase = useSyncExternalStore(desk.subscribe, desk.get);
  const lost = useSyncExternalStore(desk.subscribe, desk.lostWords);
  const deleted = useSyncExternalStore(desk.subscribe, desk.deleted);
  return (
    <>
      {phase.kind === 'open' ? (
        <DraftBoundary key={phase.editor} failed={(error) => desk.stopped('failed', error)}>
          <DraftEditor live={live} desk={desk} carets={phase.carets} />
        </DraftBoundary>
      ) : (
        <StillDraft live={live} broken={phase.kind === 'broken'} />
      )}
      {deleted && <DeletedNote {...deleted} onDone={desk.forgetDeleted} />}
      {lost.length > 0 && <LostWords words={lost} onDone={desk.forgetLost} />}
    </>
  );
}

/** The text alone, while no editor can have it. */
function StillDraft({ live, broken }: { live: Live; broken: boolean }) {
  const words = useWords(boardWords);
  const { doc } = live.document;
  const nodes = useMemo(() => draftNodes(doc.getXmlFragment(DRAFT_FIELD)), [doc]);
  return (
    <>
      <StateStrip live={live} />
      <div className={styles.strip} role="status">
        <p>{broken ? words.draftBroken : words.draftMending}</p>
        {broken && (
          <Button small onClick={() => location.reload()}>
            {words.reload}
          </Button>
        )}
      </div>
      <div className={styles.paper}>
        <DraftPaper nodes={nodes} />
      </div>
    </>
  );
}
