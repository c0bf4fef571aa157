import { useState } from 'react';
import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import type { SessionState } from '../../../shared/log.ts';
import { timeText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './minutes.module.css';
import { type ParagraphDeeds, ParagraphTools } from './ParagraphTools.tsx';
import { type Room, roomOf, told } from './source-words.ts';
import { useSources } from './use-sources.ts';
import { minutesWords } from './words.ts';
import type { Entry } from '../../../shared/log.ts';

const FIRST = 20;

function Quote({ entry, room }: { entry: Entry; room: Room }) {
  const words = useWords(minutesWords);
  const language = useLanguage();
  if (entry.kind === 'withheld') return <li className={styles.quote}>{words.withheld}</li>;
  const { what, body } = told(entry, room, language);
  const said = entry.kind === 'said' && body === '' ? words.gone : body;
  return (
    <li className={styles.quote}>
      <span className={styles.meta}>
        <time dateTime={entry.at}>{timeText(entry.at)}</time> {what}
      </span>
      {said !== '' && <span className={styles.body}>{said}</span>}
    </li>
  );
}

function Quotes({ entries, room }: { entries: readonly Entry[]; room: Room }) {
  const words = useWords(minutesWords);
  const [all, setAll] = useState(false);
  const shown = all ? entries : entries.slice(0, FIRST);
  return (
    <>
      <ol className={styles.quotes}>
        {shown.map((entry) => (
          <Quote key={entry.seq} entry={entry} room={room} />
        ))}
      </ol>
      {shown.length < entries.length && (
        <Button small onClick={() => setAll(true)}>
          {words.more(entries.length - shown.length)}
        </Button>
      )}
    </>
  );
}

/** What stands behind a paragraph, in words, and what can be done with it. */
export function SourcePanel({
  view,
  room,
  paragraph,
  deeds,
}: {
  view: MinutesView;
  room: SessionState | undefined;
  paragraph: Paragraph;
  /** Absent for those who only read. */
  deeds?: ParagraphDeeds | undefined;
}) {
  const words = useWords(minutesWords);
  const { entries, failure, retry } = useSources(view.sessionId, paragraph.from, view.upTo);
  const vanished = paragraph.edited !== undefined && paragraph.composed === '';
  return (
    <div className={styles.source}>
      {deeds && <ParagraphTools view={view} paragraph={paragraph} deeds={deeds} />}
      {failure && <ErrorNote failure={failure} onRetry={retry} />}
      {!entries && !failure && <Skeleton rows={3} />}
      {entries && entries.length > 0 && (
        <Quotes key={paragraph.id} entries={entries} room={roomOf(room, entries)} />
      )}
      {entries?.length === 0 && (
        <p className={styles.meta}>
          {paragraph.added ? words.addedByHand : vanished ? words.vanished : words.noSources}
        </p>
      )}
      {paragraph.edited && !vanished && (
        <div className={styles.original}>
          <p className={styles.meta}>{words.composedText}</p>
          <p>{paragraph.composed}</p>
        </div>
      )}
    </div>
  );
}
