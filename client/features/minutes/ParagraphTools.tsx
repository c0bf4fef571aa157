import { useState } from 'react';
import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import { stepsOf } from '../../../shared/minutes-order.ts';
import { api } from '../../lib/api.ts';
import { useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { layoutWords } from './layout-words.ts';
import styles from './minutes.module.css';
import type { LayoutDesk } from './use-layout.ts';
import { keepView } from './use-minutes.ts';
import { minutesWords } from './words.ts';

/** What somebody who edits can do with the chosen paragraph. */
export interface ParagraphDeeds {
  edit: () => void;
  addBelow: () => void;
  layout: LayoutDesk;
}

/** Editing a paragraph, putting it elsewhere, taking it out, and taking the hand's words back. */
export function ParagraphTools({
  view,
  paragraph,
  deeds: { edit, addBelow, layout },
}: {
  view: MinutesView;
  paragraph: Paragraph;
  deeds: ParagraphDeeds;
}) {
  const words = useWords(minutesWords);
  const moves = useWords(layoutWords);
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const at = view.paragraphs.indexOf(paragraph);
  const steps = stepsOf(view.paragraphs, at);
  const revert = async () => {
    const { id: paragraphId, rev } = paragraph;
    try {
      keepView(await api.minutes.revert({ sessionId: view.sessionId, paragraphId, rev }));
    } catch (error) {
      await refresh('minutes.open');
      throw error;
    }
  };
  const tool = (icon: IconName, label: string, deed: () => void, off = false) => (
    <Button small kind="quiet" disabled={off || layout.busy} onClick={deed}>
      <Icon name={icon} size={16} />
      {label}
    </Button>
  );
  return (
    <div className={styles.tools}>
      <Button small onClick={edit}>
        <Icon name="edit" size={16} />
        {words.edit}
      </Button>
      {paragraph.edited && paragraph.composed !== '' && (
        <Button small kind="quiet" onClick={() => setAsking(true)}>
          {words.revert}
        </Button>
      )}
      {tool('up', moves.up, () => void layout.step(paragraph.id, 'up'), steps.up === undefined)}
      {tool('down', moves.down, () => void layout.step(paragraph.id, 'down'), steps.down === undefined)}
      {tool('plus', moves.addBelow, addBelow)}
      {tool('trash', moves.takeOut, () => void layout.remove(paragraph))}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.revertAsk}
        note={words.revertNote}
        action={words.revert}
        onConfirm={revert}
      >
        <p className={styles.body}>{paragraph.composed}</p>
      </ConfirmDialog>
    </div>
  );
}
