import { memo, useEffect, useRef } from 'react';
import { type ProblemRow, SOURCE_LABEL, STATUS_LABEL } from '../../../shared/problem.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Tag } from '../../ui/Tag.tsx';
import { useBoard, useOther } from './board-context.ts';
import styles from './cards.module.css';
import { cellKey } from './cell-presence.ts';
import { type ColumnField, COLUMNS } from './column-choice.ts';
import { Cell } from './columns.tsx';
import { type Neighbours, useRowActions } from './RowMenu.tsx';
import { type Numbered, neighboursOf } from './Sheet.tsx';
import { boardWords } from './words.ts';

/** Two of them have room beside each other on a phone, so they stand together. */
const BRIEF: readonly ColumnField[] = ['owner', 'status'];
const FIELDS = [
  ...COLUMNS.filter(({ field }) => !BRIEF.includes(field)),
  ...COLUMNS.filter(({ field }) => BRIEF.includes(field)),
];

interface CardsProps {
  rows: readonly Numbered[];
  focusRow: string | undefined;
  open: string | undefined;
  onOpen: (rowId: string | undefined) => void;
}

/** The list for a phone: a card a row, one of them open for writing at a time. */
export function Cards({ rows, focusRow, open, onOpen }: CardsProps) {
  const words = useWords(boardWords);
  return (
    <ol className={styles.cards} aria-label={words.list}>
      {rows.map(({ row, n }, at) => {
        const { up, down } = neighboursOf(rows, at);
        const looks = classes(
          styles.card,
          row.withdrawn && styles.withdrawn,
          row.rowId === focusRow && styles.shown,
        );
        return (
          <li key={row.rowId} data-row={row.rowId} className={looks}>
            {row.rowId === open ? (
              <OpenCard row={row} n={n} up={up} down={down} onDone={() => onOpen(undefined)} />
            ) : (
              <ClosedCard row={row} n={n} onOpen={onOpen} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

const ClosedCard = memo(function ClosedCard({ row, n, onOpen }: Numbered & { onOpen: CardsProps['onOpen'] }) {
  const words = useWords(boardWords);
  const language = useLanguage();
  const { topics, topicId } = useBoard();
  const topic = topics.find(({ roomId }) => roomId === row.topic)?.name;
  const source = row.source && SOURCE_LABEL[row.source][language];
  const side = [source, row.units, row.owner].filter(Boolean).join(' · ');
  return (
    <button type="button" className={styles.closed} onClick={() => onOpen(row.rowId)}>
      <span className={styles.head}>
        <span className={styles.n}>{n || '—'}</span>
        {topic && <Tag tone={row.topic === topicId ? 'po' : 'plain'}>{topic}</Tag>}
        <span className={styles.status}>{STATUS_LABEL[row.status][language]}</span>
      </span>
      <span className={classes(styles.text, row.problem.trim() === '' && styles.blank)}>
        {row.problem.trim() || words.noText}
      </span>
      {row.cause.trim() !== '' && <span className={styles.cause}>{row.cause}</span>}
      {side && <span className={styles.side}>{side}</span>}
      <Writer row={row} />
    </button>
  );
});

/** Who is writing in one of the long columns now. */
function Writer({ row }: { row: ProblemRow }) {
  const problem = useOther(cellKey(row.rowId, 'problem'));
  const cause = useOther(cellKey(row.rowId, 'cause'));
  const other = problem ?? cause;
  return other ? <Tag tone="info">{other.name}</Tag> : null;
}

function OpenCard({ row, n, up, down, onDone }: Numbered & Neighbours & { onDone: () => void }) {
  const words = useWords(boardWords);
  const actions = useRowActions(row, n, { up, down });
  const self = useRef<HTMLDivElement>(null);
  const empty = useRef(row.problem === '');
  useEffect(() => {
    const first = self.current?.querySelector<HTMLElement>('textarea');
    if (empty.current) first?.focus();
    self.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={self} className={styles.open} role="group" aria-label={words.editRow(n)}>
      <div className={styles.head}>
        <span className={styles.n}>{n || '—'}</span>
        {row.proposer && <span className={styles.side}>{words.proposedBy(row.proposer)}</span>}
        <Button small kind="li" className={styles.done} onClick={onDone}>
          {words.done}
        </Button>
      </div>
      {FIELDS.map(({ field, long }) => (
        <div key={field} className={classes(styles.field, (long || !BRIEF.includes(field)) && styles.wide)}>
          <span className={styles.label} aria-hidden="true">
            {words[field]}
          </span>
          <div className={styles.control}>
            <Cell row={row} n={n} field={field} />
          </div>
        </div>
      ))}
      <div className={styles.actions}>
        {actions.map(({ label, onSelect, danger, disabled }) => (
          <Button
            key={String(label)}
            small
            kind={danger ? 'danger' : 'plain'}
            disabled={disabled}
            onClick={onSelect}
          >
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}
