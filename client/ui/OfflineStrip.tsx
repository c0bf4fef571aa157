import { useSyncExternalStore } from 'react';
import { useWords } from '../lib/words.ts';
import styles from './OfflineStrip.module.css';
import { uiWords } from './words.ts';

const follow = (tell: () => void) => {
  addEventListener('online', tell);
  addEventListener('offline', tell);
  return () => {
    removeEventListener('online', tell);
    removeEventListener('offline', tell);
  };
};

/** The browser's own opinion; true on a LAN without the internet as long as the network is up. */
export function useOnline(): boolean {
  return useSyncExternalStore(follow, () => navigator.onLine);
}

/** Says that the line is cut and what still works. `show` overrides the browser's opinion; `text` the words. */
export function OfflineStrip({ show, text }: { show?: boolean; text?: string }) {
  const words = useWords(uiWords);
  const online = useOnline();
  if (!(show ?? !online)) return null;
  return (
    <p className={styles.strip} role="status">
      {text ?? words.offline}
    </p>
  );
}
