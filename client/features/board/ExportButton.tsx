import type { BoardView } from '../../../shared/contract/board.ts';
import { failureText } from '../../../shared/labels.ts';
import { api } from '../../lib/api.ts';
import { askForFile } from '../../lib/download.ts';
import { failureOf } from '../../lib/errors.ts';
import { useCan } from '../../lib/me.ts';
import { useAct } from '../../lib/query.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { toast } from '../../ui/toast.ts';
import { boardWords } from './words.ts';

/**
 * The list or the draft as a file, for those who may take it away. The link opens here, and works in any browser for ten
 * minutes.
 */
export function ExportButton({
  board,
  sessionId,
  part = 'list',
}: {
  board: BoardView;
  sessionId: string;
  part?: 'list' | 'draft';
}) {
  const words = useWords(boardWords);
  const language = useLanguage();
  const { boardId, campaignId, unitId } = board;
  const may = useCan('list:export', { campaignId, boardId, unitId, ...(sessionId && { sessionId }) });
  const { busy, run } = useAct();
  if (!may) return null;
  const ask = () =>
    part === 'draft'
      ? api.exports.draft({ boardId, format: 'docx' })
      : api.exports.list({ boardId, format: 'xlsx' });
  const take = async () => {
    try {
      const { url } = await askForFile(ask, (busy) => toast(failureText(busy.failure, language)));
      location.assign(url);
    } catch (error) {
      toast(failureText(failureOf(error), language), 'bad');
    }
  };
  return (
    <Button small kind="quiet" busy={busy} onClick={() => void run(take)}>
      {part === 'draft' ? words.exportDraft : words.export}
    </Button>
  );
}
