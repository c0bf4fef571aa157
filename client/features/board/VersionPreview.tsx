import type { BoardContent } from '../../../shared/board-history.ts';
import { type ProblemRow, standingRows, withdrawnRows } from '../../../shared/problem.ts';
import { useWords } from '../../lib/words.ts';
import { DraftPaper } from './DraftPaper.tsx';
import styles from './versions.module.css';
import { boardWords } from './words.ts';

/** What a former state says, to be read. */
export function VersionPreview({ content }: { content: BoardContent }) {
  const words = useWords(boardWords);
  if (content.part === 'draft')
    return content.nodes.length > 0 ? <DraftPaper nodes={content.nodes} /> : <p>{words.earlierBlank}</p>;
  const standing = standingRows(content.rows);
  const taken = withdrawnRows(content.rows);
  if (standing.length + taken.length === 0) return <p>{words.earlierBlank}</p>;
  return (
    <>
      <Rows rows={standing} />
      {taken.length > 0 && <h3 className={styles.taken}>{words.withdrawnRows}</h3>}
      <Rows rows={taken} />
    </>
  );
}

function Rows({ rows }: { rows: readonly ProblemRow[] }) {
  const words = useWords(boardWords);
  return (
    <ol className={styles.rows}>
      {rows.map((row) => (
        <li key={row.rowId}>
          <p className={styles.problem}>{row.problem || words.noText}</p>
          {row.cause && (
            <p className={styles.more}>
              {words.cause}: {row.cause}
            </p>
          )}
          {row.owner && (
            <p className={styles.more}>
              {words.owner}: {row.owner}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
