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
import { LongCell } from './LongCell.tsx';
import { ChoiceCell, LineCell } from './ShortCell.tsx';
import { boardWords } from './words.ts';
import styles from './cells.module.css';

export type ColumnField =
  | 'topic'
  | 'problem'
  | 'source'
  | 'cause'
  | 'units'
  | 'owner'
  | 'proposedOn'
  | 'status';

export interface Column {
  field: ColumnField;
  width: number;
  long?: boolean;
}

/** The columns of the list in their official order, with their widths in px; the long ones share what is left. */
export const COLUMNS: readonly Column[] = [
  { field: 'topic', width: 132 },
  { field: 'problem', width: 260, long: true },
  { field: 'source', width: 112 },
  { field: 'cause', width: 220, long: true },
  { field: 'units', width: 132 },
  { field: 'owner', width: 96 },
  { field: 'proposedOn', width: 148 },
  { field: 'status', width: 116 },
];

/** Beside the talk there is half the width: what is talked about comes first, the rest is a scroll away. */
const ROOM_COLUMNS: readonly Column[] = [
  { field: 'problem', width: 200, long: true },
  { field: 'cause', width: 164, long: true },
  { field: 'source', width: 92 },
  { field: 'status', width: 92 },
  ...COLUMNS.filter(({ field }) => ['topic', 'units', 'owner', 'proposedOn'].includes(field)),
];

const ONE_TOPIC_COLUMNS = ROOM_COLUMNS.filter(({ field }) => field !== 'topic');

/** In the room's own scope every row has the room's topic: that column says nothing. The same list each time. */
export function columnsFor(inRoom: boolean, oneTopic: boolean): readonly Column[] {
  if (!inRoom) return COLUMNS;
  return oneTopic ? ONE_TOPIC_COLUMNS : ROOM_COLUMNS;
}

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
  return <LineCell {...common} field={field} type={field === 'proposedOn' ? 'date' : 'text'} />;
}
