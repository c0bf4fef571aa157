import { useState } from 'react';
import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import type { SessionView } from '../../../shared/contract/session.ts';
import type { SessionState } from '../../../shared/log.ts';
import { useCan } from '../../lib/me.ts';
import { useWords } from '../../lib/words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { toast } from '../../ui/toast.ts';
import { Aside } from './Aside.tsx';
import styles from './minutes.module.css';
import { Sheet } from './Sheet.tsx';
import { SourcePanel } from './SourcePanel.tsx';
import type { DraftDesk } from './use-draft.ts';
import type { TakeAway } from './use-take-away.ts';
import { useDesk } from './use-desk.ts';
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
  const begin = (each: Paragraph) => {
    const begun = draft.begin(each);
    if (!desk) setChosen('');
    if (!begun) toast(words.saveFirst, 'bad');
  };
  const panel = paragraph && (
    <SourcePanel
      view={view}
      room={room}
      paragraph={paragraph}
      edit={mayEdit ? () => begin(paragraph) : undefined}
    />
  );
  return (
    <div className={styles.desk}>
      <main className={styles.table}>
        <Sheet
          view={view}
          chosen={chosen}
          choose={setChosen}
          edit={mayEdit ? begin : undefined}
          desk={draft}
        />
      </main>
      <Aside view={view} session={session} away={away} reads={!mayEdit && !view.sealed}>
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
