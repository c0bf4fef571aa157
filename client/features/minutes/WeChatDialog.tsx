import { useWords } from '../../lib/words.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import styles from './minutes.module.css';
import type { TakeAway } from './use-take-away.ts';
import { minutesWords } from './words.ts';

/** WeChat's browser saves no files: says how to come out of it. */
export function WeChatDialog({ away }: { away: TakeAway }) {
  const words = useWords(minutesWords);
  return (
    <Dialog
      open={away.link !== ''}
      onClose={away.close}
      title={words.wechatTitle}
      note={words.wechatNote}
      size="narrow"
    >
      <p className={styles.meta}>{words.wechatExpires}</p>
      <Actions>
        <CopyButton text={away.link} label={words.wechatCopy} />
        <a className={styles.openFile} href={away.link}>
          {words.wechatOpen}
        </a>
      </Actions>
    </Dialog>
  );
}
