import { type ProblemRow, SOURCE_LABEL, STATUS_LABEL } from '../../../shared/problem.ts';
import { useLanguage } from '../../lib/words.ts';
import { useBoard } from './board-context.ts';
import type { ColumnField } from './column-choice.ts';
import styles from './sheet.module.css';

/** What a short cell says, for paper alone: a field of one line would print no more than fits it. */
export function PrintedCell({
  row,
  field,
}: {
  row: ProblemRow;
  field: Exclude<ColumnField, 'problem' | 'cause'>;
}) {
  const language = useLanguage();
  const { topics } = useBoard();
  const said = {
    topic: () => topics.find(({ roomId }) => roomId === row.topic)?.name ?? '',
    source: () => (row.source === '' ? '' : SOURCE_LABEL[row.source][language]),
    status: () => STATUS_LABEL[row.status][language],
    units: () => row.units,
    owner: () => row.owner,
    proposedOn: () => row.proposedOn,
  };
  return (
    <span className={styles.printed} aria-hidden="true">
      {said[field]()}
    </span>
  );
}
