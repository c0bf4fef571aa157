import { useState } from 'react';
import { useParams } from 'wouter';
import type { MinutesView } from '../../../shared/contract/minutes.ts';
import { api } from '../../lib/api.ts';
import { useCan } from '../../lib/me.ts';
import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { TopBar, WideOnly } from '../../ui/TopBar.tsx';
import { Trouble } from '../entry/Trouble.tsx';
import { MinutesDesk } from './MinutesDesk.tsx';
import styles from './minutes.module.css';
import { SealDialog } from './SealDialog.tsx';
import { useDraft } from './use-draft.ts';
import { useMinutes } from './use-minutes.ts';
import { type TakeAway, useTakeAway } from './use-take-away.ts';
import { WeChatDialog } from './WeChatDialog.tsx';
import { minutesWords } from './words.ts';

function Tools({ view, away, unsaved }: { view: MinutesView; away: TakeAway; unsaved: boolean }) {
  const words = useWords(minutesWords);
  const [sealing, setSealing] = useState(false);
  const { campaignId, sessionId } = view;
  const here = { campaignId, sessionId };
  const takes = useCan('minutes:export', here);
  const seals = useCan('minutes:seal', here) && !view.sealed;
  const file = (format: 'docx' | 'pdf' | 'md') => () =>
    away.take(() => api.exports.minutes({ sessionId, format }));
  const record = (format: 'docx' | 'md') => () => away.take(() => api.exports.record({ sessionId, format }));
  return (
    <>
      <WideOnly>
        <Tag tone={view.sealed ? 'li' : 'plain'}>{view.sealed ? words.sealed : words.draft}</Tag>
      </WideOnly>
      {takes && (
        <Menu
          label={words.export}
          small
          items={[
            { label: words.exportWord, onSelect: file('docx') },
            { label: words.exportPdf, onSelect: file('pdf') },
            { label: words.exportMd, onSelect: file('md') },
            { label: words.recordWord, onSelect: record('docx') },
            { label: words.recordMd, onSelect: record('md') },
            // One turn later: the menu is closed by then and not on the paper.
            { label: words.print, onSelect: () => setTimeout(() => print(), 100) },
          ]}
        >
          {words.export}
        </Menu>
      )}
      {seals && (
        <Button kind="primary" small onClick={() => setSealing(true)}>
          {words.seal}
        </Button>
      )}
      <SealDialog view={view} open={sealing} unsaved={unsaved} onClose={() => setSealing(false)} />
    </>
  );
}

/** The frame of the sheet while it is on its way. */
function Frame() {
  return (
    <div className={styles.desk}>
      <div className={styles.table}>
        <div className={styles.blank}>
          <Skeleton rows={14} />
        </div>
      </div>
      <div className={styles.aside}>
        <Skeleton rows={5} />
      </div>
    </div>
  );
}

/** 会议纪要: read, checked, made final, taken away. */
export default function MinutesPage() {
  const words = useWords(minutesWords);
  const { sessionId } = useParams<{ sessionId: string }>();
  const { session, view, room, failure, retry } = useMinutes(sessionId);
  const draft = useDraft(view, sessionId);
  const away = useTakeAway();
  useTitle(session && `${session.title} ${words.minutes}`);
  const waiting = session !== undefined && session.phase !== 'ended';
  return (
    <div className={styles.page}>
      <TopBar
        brand={false}
        {...(session && { home: `/c/${session.campaignId}` })}
        title={
          <>
            <b>{session?.title}</b> <span className={styles.what}>{words.minutes}</span>
          </>
        }
      >
        {view && <Tools view={view} away={away} unsaved={draft.draft !== undefined} />}
      </TopBar>
      {view && session && <MinutesDesk view={view} session={session} room={room} draft={draft} away={away} />}
      {waiting && (
        <main className={styles.alone}>
          <Empty
            title={words.waiting}
            note={words.waitingNote}
            action={
              <LinkButton href={`/s/${sessionId}`} kind="primary">
                {words.toMeeting}
              </LinkButton>
            }
          />
        </main>
      )}
      {failure && (
        <main className={styles.alone}>
          <Trouble failure={failure} retry={retry} />
        </main>
      )}
      {!view && !waiting && !failure && <Frame />}
      <WeChatDialog away={away} />
    </div>
  );
}
