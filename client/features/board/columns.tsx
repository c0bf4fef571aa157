import {
  type ProblemRow,
  ProblemSource,
  ProblemStatus,
  SOURCE_LABEL,
  STATUS_LABEL,
} from '../../../shared/problem.ts';
import type { Language } from '../../../shared/labels.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { useBoard } from './board-context.ts';
import type { ColumnField } from './column-choice.ts';
import { LongCell } from './LongCell.tsx';
import { ChoiceCell, DayCell, LineCell } from './ShortCell.tsx';
import { boardWords } from './words.ts';
import styles from './cells.module.css';

const options = <V extends string>(
  values: readonly V[],
  labels: Record<V, Record<Language, string>>,
  l: Language,
) => values.map((value) => ({ value, label: labels[value][l] }));

/** The control of one column in one row. `n` is the row's number on screen. */
export function Cell({ row, n, field }: { row: ProblemRow; n: number; field: ColumnField }) {
  const words = useWords(boardWords);
  const language = useLanguage();
  const { topics, topicId } = useBoard();
  const unset = { value: '', label: words.unset };
  const label = words.cellName(n, words[field]);
  const common = { row, label };
  if (field === 'problem' || field === 'cause') {
    const hint = field === 'problem' ? words.problemHint : words.causeHint;
    return <LongCell rowId={row.rowId} field={field} label={label} hint={hint} />;
  }
  if (field === 'topic') {
    const choices = [unset, ...topics.map(({ roomId, name }) => ({ value: roomId, label: name }))];
    const here = topicId !== '' && row.topic === topicId;
    return <ChoiceCell {...common} field="topic" choices={choices} {...(here && { tone: styles.here })} />;
  }
  if (field === 'source') {
    const choices = [unset, ...options(ProblemSource.options, SOURCE_LABEL, language)];
    return <ChoiceCell {...common} field="source" choices={choices} />;
  }
  if (field === 'status')
    return (
      <ChoiceCell
        {...common}
        field="status"
        choices={options(ProblemStatus.options, STATUS_LABEL, language)}
      />
    );
  if (field === 'proposedOn') return <DayCell {...common} field={field} />;
  return <LineCell {...common} field={field} />;
}
