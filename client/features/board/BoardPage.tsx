import { Link, useParams } from 'wouter';
import { useSlowCarrier } from '../../lib/doc/use-slow-carrier.ts';
import { useAsk } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import BoardPanel from './BoardPanel.tsx';
import styles from './page.module.css';
import { boardWords } from './words.ts';

/** A unit's board between meetings. */
export default function BoardPage() {
  const words = useWords(boardWords);
  const { campaignId, unitId } = useParams<{ campaignId: string; unitId: string }>();
  const board = useAsk('board.open', { campaignId, unitId });
  const campaign = useAsk('campaigns.get', { campaignId });
  const slow = useSlowCarrier();
  const title = board.data && words.boardOf(board.data.unitName);
  useTitle(title);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Link href={`/c/${campaignId}`} className={styles.back} aria-label={words.back}>
          <Icon name="back" />
        </Link>
        <h1 className={styles.title}>{title ?? words.list}</h1>
        {campaign.data && <span className={styles.campaign}>{campaign.data.name}</span>}
      </header>
      <div role="status">{slow && <p className={styles.slow}>{words.slowLine}</p>}</div>
      <main className={styles.main}>
        {board.failure && <ErrorNote failure={board.failure} onRetry={board.retry} />}
        {board.data && <BoardPanel boardId={board.data.boardId} />}
        {!board.data && !board.failure && <Skeleton height={320} />}
      </main>
    </div>
  );
}
