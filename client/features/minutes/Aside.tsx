import type { ReactNode } from 'react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { MinutesView } from '../../../shared/contract/minutes.ts';
import type { SessionView } from '../../../shared/contract/session.ts';
import { newId } from '../../../shared/ids.ts';
import { api } from '../../lib/api.ts';
import { useCan } from '../../lib/me.ts';
import { useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { toast } from '../../ui/toast.ts';
import { layoutWords } from './layout-words.ts';
import styles from './minutes.module.css';
import { changedByHand, Progress, SealNote } from './Progress.tsx';
import { RemovedList } from './RemovedList.tsx';
import type { LayoutDesk } from './use-layout.ts';
import type { TakeAway } from './use-take-away.ts';
import { keepView } from './use-minutes.ts';
import { minutesWords } from './words.ts';

function Legend({ edits }: { edits: boolean }) {
  const words = useWords(minutesWords);
  const moves = useWords(layoutWords);
  return (
    <section className={styles.legend}>
      <p>
        <i className={styles.byLog} aria-hidden="true" />
        {words.legendLog}
      </p>
      <p>
        <i className={styles.byHand} aria-hidden="true" />
        {words.legendHand}
      </p>
      {edits && <p>{moves.drag}</p>}
    </section>
  );
}

/** Composing anew, undoing the end, the list as a file, the way back to the room. */
function Deeds({ view, session, away }: { view: MinutesView; session: SessionView; away: TakeAway }) {
  const words = useWords(minutesWords);
  const refresh = useRefresh();
  const [, go] = useLocation();
  const [asking, setAsking] = useState<'' | 'recompose' | 'undo'>('');
  const { sessionId, campaignId } = view;
  const here = { campaignId, sessionId };
  const edits = useCan('minutes:edit', here) && !view.sealed;
  const steers = useCan('session:steer', here) && !view.sealed;
  const takes = useCan('list:export', { campaignId, boardId: session.boardId });
  const close = () => setAsking('');
  const recompose = async () => {
    keepView(await api.minutes.recompose({ sessionId }));
    toast(words.recomposed);
  };
  const undo = async () => {
    await api.session.resume({ sessionId, id: newId() });
    await refresh('session.get');
    go(`/s/${sessionId}`);
  };
  return (
    <section>
      <h2 className={styles.heading}>{words.more2}</h2>
      <div className={styles.deeds}>
        {edits && <Button onClick={() => setAsking('recompose')}>{words.recompose}</Button>}
        {takes && (
          <Button
            onClick={() => away.take(() => api.exports.list({ boardId: session.boardId, format: 'xlsx' }))}
          >
            {words.exportList}
          </Button>
        )}
        <LinkButton href={`/s/${sessionId}`}>{words.toRoom}</LinkButton>
        {steers && (
          <Button kind="quiet" onClick={() => setAsking('undo')}>
            {words.undoEnd}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asking === 'recompose'}
        onClose={close}
        title={words.recomposeAsk}
        note={words.recomposeNote(changedByHand(view))}
        action={words.recompose}
        onConfirm={recompose}
      />
      <ConfirmDialog
        open={asking === 'undo'}
        onClose={close}
        title={words.undoAsk}
        note={words.undoNote}
        action={words.undoDo}
        onConfirm={undo}
      />
    </section>
  );
}

/** Beside the sheet (on a phone below it): where the minutes stand, `children` for the sources, what can be done. */
export function Aside({
  view,
  session,
  away,
  reads,
  layout,
  children,
}: {
  view: MinutesView;
  session: SessionView;
  away: TakeAway;
  /** Reads only. */
  reads: boolean;
  /** Absent for those who only read. */
  layout: LayoutDesk | undefined;
  children: ReactNode;
}) {
  const words = useWords(minutesWords);
  return (
    <aside className={styles.aside} aria-label={words.aside}>
      <Progress view={view} />
      {view.sealed && <SealNote seal={view.sealed} />}
      {children}
      {layout && <RemovedList removed={view.removed ?? []} restore={layout.restore} />}
      <Legend edits={layout !== undefined} />
      {reads && <p className={styles.meta}>{words.readOnly}</p>}
      <Deeds view={view} session={session} away={away} />
    </aside>
  );
}
