import { useState } from 'react';
import type { MinutesView, Speeches } from '../../../shared/contract/minutes.ts';
import { api } from '../../lib/api.ts';
import { useAct, useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { layoutWords } from './layout-words.ts';
import styles from './notes.module.css';
import type { LayoutDesk } from './use-layout.ts';
import { keepView } from './use-minutes.ts';

/** What of the talk is listed: for who edits a choice of two, for all others one sentence. */
function SpeechesChoice({ view, edits }: { view: MinutesView; edits: boolean }) {
  const words = useWords(layoutWords);
  const { busy, failure, run } = useAct();
  const refresh = useRefresh();
  // Shown as chosen while it is on its way.
  const [asked, setAsked] = useState<Speeches>();
  const { speeches } = view;
  if (!speeches) return null;
  const { sessionId } = view;
  const choose = async (next: Speeches) => {
    setAsked(next);
    const done = await run(async () =>
      keepView(await api.minutes.listSpeeches({ sessionId, speeches: next })),
    );
    if (!done) await refresh('minutes.open');
    setAsked(undefined);
  };
  const byRule = speeches.shown === 'all' && !speeches.chosen;
  const what = speeches.shown === 'marked' ? words.whatIsMarked : byRule ? words.byRule : '';
  return (
    <fieldset className={styles.speeches} aria-busy={busy}>
      <legend>{words.speeches}</legend>
      {edits &&
        (['marked', 'all'] as const).map((each) => (
          <label key={each} className={styles.choice}>
            <input
              type="radio"
              name="speeches"
              checked={(asked ?? speeches.shown) === each}
              onChange={() => void choose(each)}
            />
            <span>{each === 'all' ? words.all : words.marked}</span>
          </label>
        ))}
      <p className={styles.count} role="status">
        {what}
        {!byRule && words.leftOut(speeches.leftOut)}
      </p>
      {failure && <ErrorNote failure={failure} />}
    </fieldset>
  );
}

/** Over the sheet of a draft: by which rules it was composed, what of the talk it lists. */
export function DeskNotes({ view, edits }: { view: MinutesView; edits: boolean }) {
  const words = useWords(layoutWords);
  if (view.sealed) return null;
  return (
    <div className={styles.notes}>
      {view.rulesBefore !== undefined && <p className={styles.rules}>{words.rules}</p>}
      <SpeechesChoice view={view} edits={edits} />
    </div>
  );
}

/** What was just done to the order, and the way back. */
export function LastStep({ layout }: { layout: LayoutDesk }) {
  const words = useWords(layoutWords);
  const { last, failure } = layout;
  if (!last && !failure) return null;
  return (
    <div className={styles.last} role="status">
      {failure ? <ErrorNote failure={failure} /> : <span>{last && words[last.what]}</span>}
      {last && (
        <Button small onClick={last.undo} busy={layout.busy}>
          {words.undo}
        </Button>
      )}
      <IconButton label={words.close} onClick={layout.dismiss}>
        <Icon name="close" size={16} />
      </IconButton>
    </div>
  );
}
