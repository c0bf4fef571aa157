import { lazy, Suspense, useState } from 'react';
import type { BoardPart } from '../../../shared/board.ts';
import type { BoardView } from '../../../shared/contract/board.ts';
import { useCan } from '../../lib/me.ts';
import { useWords } from '../../lib/words.ts';
import { IconButton } from '../../ui/Button.tsx';
import { BoardIcon } from './BoardIcon.tsx';
import { boardWords } from './words.ts';

const VersionsDialog = lazy(() => import('./VersionsDialog.tsx'));

/** For staff: former states of the sheet that is shown, to look at and to go back to. */
export function EarlierVersions(props: { board: BoardView; part: BoardPart; sessionId: string }) {
  const words = useWords(boardWords);
  const { boardId, campaignId, unitId } = props.board;
  const { sessionId } = props;
  const may = useCan('board:history', { campaignId, boardId, unitId, ...(sessionId && { sessionId }) });
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <IconButton label={words.earlier} onClick={() => setOpen(true)}>
        <BoardIcon name="history" />
      </IconButton>
      {open && (
        <Suspense fallback={null}>
          <VersionsDialog boardId={boardId} part={props.part} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
