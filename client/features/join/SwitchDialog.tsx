import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { joinWords } from './words.ts';

/** This device is somebody else: asked before the identity changes. `old` is set while the question stands. */
export function SwitchDialog({
  old,
  now,
  onClose,
  onConfirm,
}: {
  old: string | undefined;
  now: string;
  onClose: () => void;
  onConfirm: () => Promise<void>;
}) {
  const words = useWords(joinWords);
  return (
    <Dialog
      open={old !== undefined}
      onClose={onClose}
      title={words.switchTitle}
      note={words.switchNote(old ?? '', now)}
      size="narrow"
    >
      <Actions>
        <Button onClick={onClose}>{words.keep}</Button>
        <Button
          kind="primary"
          onClick={() => {
            onClose();
            void onConfirm();
          }}
        >
          {words.switchConfirm}
        </Button>
      </Actions>
    </Dialog>
  );
}
