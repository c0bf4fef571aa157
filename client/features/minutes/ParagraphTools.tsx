import { useState } from 'react';
import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import { api } from '../../lib/api.ts';
import { useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './minutes.module.css';
import { keepView } from './use-minutes.ts';
import { minutesWords } from './words.ts';

/** Editing a paragraph, and taking the hand's words back. */
export function ParagraphTools({
  view,
  paragraph,
  edit,
}: {
  view: MinutesView;
  paragraph: Paragraph;
  edit: () => void;
}) {
  const words = useWords(minutesWords);
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const vanished = paragraph.composed === '';
  const revert = async () => {
    const { id: paragraphId, rev } = paragraph;
    try {
      keepView(await api.minutes.revert({ sessionId: view.sessionId, paragraphId, rev }));
    } catch (error) {
      await refresh('minutes.open');
      throw error;
    }
  };
  return (
    <div className={styles.tools}>
      <Button small onClick={edit}>
        <Icon name="edit" size={16} />
        {words.edit}
      </Button>
      {paragraph.edited && (
        <Button small kind="quiet" onClick={() => setAsking(true)}>
          {vanished ? words.remove : words.revert}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={vanished ? words.removeAsk : words.revertAsk}
        note={vanished ? words.removeNote : words.revertNote}
        action={vanished ? words.remove : words.revert}
        danger={vanished}
        onConfirm={revert}
      >
        {!vanished && <p className={styles.body}>{paragraph.composed}</p>}
      </ConfirmDialog>
    </div>
  );
}
