import { Toast } from '@base-ui/react/toast';
import { useEffect } from 'react';
import { useWords } from '../lib/words.ts';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import styles from './Toast.module.css';
import { type Notice, takeNotices } from './toast.ts';
import { uiWords } from './words.ts';

const manager = Toast.createToastManager();
const show = ({ text, kind }: Notice) => {
  manager.add({
    // The same words again renew their notice.
    id: text,
    description: text,
    type: kind,
    timeout: kind === 'bad' ? 9000 : 4000,
    priority: kind === 'bad' ? 'high' : 'low',
  });
};

function List() {
  const words = useWords(uiWords);
  const { toasts } = Toast.useToastManager();
  useEffect(() => takeNotices(show), []);
  return toasts.map((item) => (
    <Toast.Root
      key={item.id}
      toast={item}
      swipeDirection="up"
      className={classes(styles.toast, item.type === 'bad' && styles.bad)}
    >
      <Icon name={item.type === 'bad' ? 'alert' : 'check'} />
      <Toast.Description className={styles.text} />
      <Toast.Close className={styles.close} aria-label={words.close}>
        <Icon name="close" size={16} />
      </Toast.Close>
    </Toast.Root>
  ));
}

/** Base UI's toasts under our look; loaded with the first notice. */
export default function ToastParts() {
  const words = useWords(uiWords);
  return (
    <Toast.Provider toastManager={manager} limit={2}>
      <Toast.Portal>
        <Toast.Viewport className={styles.place} aria-label={words.notices}>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
