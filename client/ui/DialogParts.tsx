import { Dialog } from '@base-ui/react/dialog';
import { useWords } from '../lib/words.ts';
import { IconButton } from './Button.tsx';
import { classes } from './classes.ts';
import styles from './Dialog.module.css';
import type { DialogProps } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { uiWords } from './words.ts';

/** Base UI's dialog under our look; loaded when the first dialog opens. */
export default function DialogParts({ open, onClose, title, note, size, keep, children }: DialogProps) {
  const words = useWords(uiWords);
  return (
    <Dialog.Root
      open={open}
      disablePointerDismissal={keep === true}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.veil} />
        <Dialog.Popup className={classes(styles.popup, size && styles[size])}>
          <header className={styles.head}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <Dialog.Close render={<IconButton label={words.close} />}>
              <Icon name="close" />
            </Dialog.Close>
          </header>
          {note !== undefined && <Dialog.Description className={styles.note}>{note}</Dialog.Description>}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
