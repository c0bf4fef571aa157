import { useWords } from '../../lib/words.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { toast } from '../../ui/toast.ts';
import { officeWords } from './words.ts';

/** Asks before a thing with a name is removed, and says that it was. */
export function RemoveDialog({
  name,
  note,
  onClose,
  onRemove,
}: {
  /** Undefined: nothing is asked. */
  name: string | undefined;
  note: string;
  onClose: () => void;
  onRemove: () => Promise<unknown>;
}) {
  const words = useWords(officeWords);
  return (
    <ConfirmDialog
      open={name !== undefined}
      onClose={onClose}
      title={words.removeOf(name ?? '')}
      note={note}
      action={words.remove}
      danger
      onConfirm={async () => {
        await onRemove();
        toast(words.removed);
      }}
    />
  );
}
