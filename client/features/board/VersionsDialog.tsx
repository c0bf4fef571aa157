import { useState } from 'react';
import type { BoardPart } from '../../../shared/board.ts';
import type { SnapshotView } from '../../../shared/contract/board.ts';
import { api } from '../../lib/api.ts';
import { nearText } from '../../lib/dates.ts';
import { useAsk, useRefresh } from '../../lib/query.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import './draft.css';
import { VersionPreview } from './VersionPreview.tsx';
import styles from './versions.module.css';
import { boardWords } from './words.ts';

interface Props {
  boardId: string;
  part: BoardPart;
  onClose: () => void;
}

/** The former states of the list or the draft: which there are, what the chosen one says, and the way back to it. */
export default function VersionsDialog({ boardId, part, onClose }: Props) {
  const words = useWords(boardWords);
  const history = useAsk('board.history', { boardId, part });
  const [chosenId, choose] = useState('');
  const versions = history.data ?? [];
  const chosen = versions.find(({ snapshotId }) => snapshotId === chosenId) ?? versions[0];
  return (
    <Dialog
      open
      onClose={onClose}
      title={part === 'list' ? words.earlierList : words.earlierDraft}
      note={words.earlierNote}
      size="wide"
    >
      {history.failure && <ErrorNote failure={history.failure} onRetry={history.retry} />}
      {!history.data && !history.failure && <Skeleton height={240} />}
      {history.data && !chosen && <p className={styles.none}>{words.earlierNone}</p>}
      {chosen && (
        <div className={styles.versions}>
          <Choice versions={versions} chosen={chosen} onChoose={choose} />
          <Chosen key={chosen.snapshotId} boardId={boardId} version={chosen} onDone={onClose} />
        </div>
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  versions: readonly SnapshotView[];
  chosen: SnapshotView;
  onChoose: (snapshotId: string) => void;
}

function Choice({ versions, chosen, onChoose }: ChoiceProps) {
  const words = useWords(boardWords);
  const language = useLanguage();
  return (
    <ul className={styles.choice} aria-label={words.earlier}>
      {versions.map((version) => (
        <li key={version.snapshotId}>
          <button
            type="button"
            className={styles.version}
            aria-pressed={version.snapshotId === chosen.snapshotId}
            onClick={() => onChoose(version.snapshotId)}
          >
            <span>{nearText(version.takenAt, language)}</span>
            <span className={styles.reason}>{words.earlierReason(version.reason, version.by)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Chosen({
  boardId,
  version,
  onDone,
}: {
  boardId: string;
  version: SnapshotView;
  onDone: () => void;
}) {
  const words = useWords(boardWords);
  const language = useLanguage();
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const { snapshotId } = version;
  const looked = useAsk('board.lookAt', { boardId, snapshotId });
  const goBack = async () => {
    const { changed } = await api.board.goBack({ boardId, snapshotId });
    await refresh('board.history');
    toast(changed ? words.wentBack : words.nothingChanged, 'done');
    onDone();
  };
  return (
    <div className={styles.chosen}>
      <section className={styles.preview} aria-label={words.earlierPreview} tabIndex={-1}>
        {looked.failure && <ErrorNote failure={looked.failure} onRetry={looked.retry} />}
        {looked.data ? <VersionPreview content={looked.data.content} /> : <Skeleton rows={6} />}
      </section>
      <Actions>
        <Button kind="primary" disabled={!looked.data} onClick={() => setAsking(true)}>
          {words.goBack}
        </Button>
      </Actions>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.goBackTo(nearText(version.takenAt, language))}
        note={version.part === 'list' ? words.goBackListNote : words.goBackDraftNote}
        action={words.goBack}
        onConfirm={goBack}
      />
    </div>
  );
}
