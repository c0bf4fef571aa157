import type { MinutesView } from '../../../shared/contract/minutes.ts';
import { api } from '../../lib/api.ts';
import { useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import styles from './minutes.module.css';
import { keepView } from './use-minutes.ts';
import { minutesWords } from './words.ts';

/** Says what sealing means before it is done; what is sealed is the version on the screen. */
export function SealDialog({
  view,
  open,
  unsaved,
  onClose,
}: {
  view: MinutesView;
  open: boolean;
  unsaved: boolean;
  onClose: () => void;
}) {
  const words = useWords(minutesWords);
  const refresh = useRefresh();
  const seal = async () => {
    try {
      keepView(await api.minutes.seal({ sessionId: view.sessionId, version: view.version }));
      await refresh('session.get');
    } catch (error) {
      await refresh('minutes.open', 'session.get');
      throw error;
    }
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={words.sealAsk}
      note={words.sealNote}
      action={words.sealDo}
      onConfirm={seal}
    >
      <ul className={styles.means}>
        <li>{words.sealFreeze}</li>
        <li>{words.sealDigest}</li>
        <li>{words.sealResume}</li>
        <li>{words.sealFiles}</li>
      </ul>
      {unsaved && <p className={styles.warn}>{words.sealOpen}</p>}
    </ConfirmDialog>
  );
}
