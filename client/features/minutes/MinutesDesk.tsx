import { useState } from 'react';
import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import type { SessionView } from '../../../shared/contract/session.ts';
import type { SessionState } from '../../../shared/log.ts';
import { useCan } from '../../lib/me.ts';
import { useWords } from '../../lib/words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { toast } from '../../ui/toast.ts';
import { Aside } from './Aside.tsx';
import { DeskNotes, LastStep } from './DeskNotes.tsx';
import styles from './minutes.module.css';
import { Sheet } from './Sheet.tsx';
import { SourcePanel } from './SourcePanel.tsx';
import type { DraftDesk } from './use-draft.ts';
import type { TakeAway } from './use-take-away.ts';
import { useDesk } from './use-desk.ts';
import { useLayout } from './use-layout.ts';
import { minutesWords } from './words.ts';

interface DeskProps {
  view: MinutesView;
  session: SessionView;
  room: SessionState | undefined;
  draft: DraftDesk;
  away: TakeAway;
}

/** The sheet and what stands beside it. On a phone the entries of a paragraph come up from below. */
export function MinutesDesk({ view, session, room, draft, away }: DeskProps) {
  const words = useWords(minutesWords);
  const desk = useDesk();
  const [chosen, setChosen] = useState('');
  const mayEdit =
    useCan('minutes:edit', { campaignId: view.campaignId, sessionId: view.sessionId }) && !view.sealed;
  const paragraph = view.paragraphs.find((each) => each.id === chosen);
  const layout = useLayout(view);
  const begins = (begun: boolean) => {
    if (!desk) setChosen('');
    if (!begun) toast(words.saveFirst, 'bad');
  };
  const begin = (each: Paragraph) => begins(draft.begin(each));
  const panel = paragraph && (
    <SourcePanel
      view={view}
      room={room}
      paragraph={paragraph}
      deeds={
        mayEdit
          ? {
              edit: () => begin(paragraph),
              addBelow: () => begins(draft.beginNew(paragraph)),
              layout,
            }
          : undefined
      }
    />
  );
  return (
    <div className={styles.desk}>
      <main className={styles.table}>
        <DeskNotes view={view} edits={mayEdit} />
        {mayEdit && !draft.draft && <LastStep layout={layout} />}
        <Sheet
          view={view}
          chosen={chosen}
          choose={setChosen}
          edit={mayEdit ? begin : undefined}
          desk={draft}
          layout={mayEdit ? layout : undefined}
        />
      </main>
      <Aside
        view={view}
        session={session}
        away={away}
        reads={!mayEdit && !view.sealed}
        layout={mayEdit ? layout : undefined}
      >
        {desk && (
          <section aria-live="polite" aria-label={words.sources}>
            <h2 className={styles.heading}>{words.sources}</h2>
            {panel ?? <p className={styles.meta}>{words.sourcesHint}</p>}
          </section>
        )}
      </Aside>
      {!desk && (
        <Dialog open={paragraph !== undefined} onClose={() => setChosen('')} title={words.sources}>
          {panel}
        </Dialog>
      )}
    </div>
  );
}
