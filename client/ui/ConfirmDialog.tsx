import { type ReactNode, useState } from 'react';
import type { Failure } from '../../shared/errors.ts';
import { failureOf } from '../lib/errors.ts';
import { useWords } from '../lib/words.ts';
import { Button } from './Button.tsx';
import { Actions, Dialog } from './Dialog.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { uiWords } from './words.ts';

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What will happen, in plain words. */
  note?: ReactNode;
  /** The words of the button that does it. */
  action: string;
  danger?: boolean;
  /** Done when it resolves; a failure stays in the dialog, in words. */
  onConfirm: () => Promise<unknown>;
  children?: ReactNode;
}

/** Asks before something that others notice or that cannot be taken back. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  note,
  action,
  danger,
  onConfirm,
  children,
}: ConfirmProps) {
  const words = useWords(uiWords);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const close = () => {
    setFailure(undefined);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await onConfirm();
      close();
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open={open} onClose={close} title={title} note={note} size="narrow">
      {children}
      {failure && <ErrorNote failure={failure} />}
      <Actions>
        <Button onClick={close}>{words.cancel}</Button>
        <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void confirm()}>
          {action}
        </Button>
      </Actions>
    </Dialog>
  );
}
