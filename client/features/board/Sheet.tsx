import { type KeyboardEvent, memo, useRef } from 'react';
import type { ProblemRow } from '../../../shared/problem.ts';
import { useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { useBoard } from './board-context.ts';
import { BoardIcon } from './BoardIcon.tsx';
import { type Column, MENU_WIDTH, NUMBER_WIDTH, widthOf } from './column-choice.ts';
import { Cell } from './columns.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { focusCell, focusGrip } from './focus.ts';
import { isComposing } from './keys.ts';
import { PrintedCell } from './PrintedCell.tsx';
import { type Neighbours, RowMenu } from './RowMenu.tsx';
import { SheetFoot } from './SheetFoot.tsx';
import styles from './sheet.module.css';
import { useColumns } from './use-columns.ts';
import { useRowDrag } from './use-row-drag.ts';
import { useWidth } from './use-width.ts';
import { boardWords } from './words.ts';

export interface Numbered {
  row: ProblemRow;
  /** Its place in what is shown; 0 for a row that does not count in it. */
  n: number;
}

interface SheetProps {
  rows: readonly Numbered[];
  inRoom: boolean;
  /** Every row has the room's topic. */
  oneTopic: boolean;
  focusRow: string | undefined;
  /** Enter behind the last row. */
  onAdd: () => void;
}

export const neighboursOf = (rows: readonly Numbered[], at: number): Neighbours => ({
  up: rows[at - 1]?.row.rowId,
  down: at + 1 < rows.length ? (rows[at + 2]?.row.rowId ?? null) : undefined,
});

/** The list as a table, for desks: scrolls in both directions under its headings. */
export function Sheet({ rows, inRoom, oneTopic, focusRow, onAdd }: SheetProps) {
  const words = useWords(boardWords);
  const { list, readOnly } = useBoard();
  const place = useRef<HTMLDivElement>(null);
  const room = useWidth(place) ?? 0;
  const columns = useColumns(inRoom, oneTopic, room);
  const { shown } = columns;
  const { drag, grip, cancel } = useRowDrag(
    () => place.current,
    ({ rowId, before }) => list.move(rowId, before),
  );
  const goOn = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') cancel();
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]');
    const plain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (!cell || event.key !== 'Enter' || !plain || isComposing(event) || readOnly) return;
    if (event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    const [rowId, field = ''] = (cell.dataset.cell ?? '').split(':');
    const next = rows[rows.findIndex(({ row }) => row.rowId === rowId) + 1];
    if (next) focusCell(place.current, next.row.rowId, field);
    else onAdd();
  };
  return (
    <div className={styles.frame}>
      <div className={styles.sheet} ref={place} onKeyDown={goOn}>
        <table className={styles.table} style={{ minWidth: widthOf(shown) }} aria-label={words.list}>
          <colgroup>
            <col style={{ width: NUMBER_WIDTH }} />
            {shown.map(({ field, width, long }) => (
              // What is left is shared by those without a width.
              <col key={field} style={long && widthOf(shown) <= room ? undefined : { width }} />
            ))}
            <col style={{ width: MENU_WIDTH }} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col" className={styles.first}>
                {words.no}
              </th>
              {shown.map(({ field }) => (
                <th key={field} scope="col" data-column={field} title={words[field]}>
                  {words[field]}
                </th>
              ))}
              <th className={styles.last}>
                <ColumnsMenu columns={columns}>
                  <BoardIcon name="columns" />
                </ColumnsMenu>
              </th>
            </tr>
          </thead>
          <tbody className={classes(drag && drag.before === null && styles.dropLast)}>
            {rows.map(({ row, n }, at) => {
              const { up, down } = neighboursOf(rows, at);
              return (
                <SheetRow
                  key={row.rowId}
                  row={row}
                  n={n}
                  columns={shown}
                  up={up}
                  down={down}
                  marked={row.rowId === focusRow}
                  drop={drag?.before === row.rowId && drag.rowId !== row.rowId}
                  dragged={drag?.rowId === row.rowId}
                  grip={
                    readOnly || row.withdrawn ? undefined : grip(row.rowId, rows[at + 1]?.row.rowId ?? null)
                  }
                />
              );
            })}
          </tbody>
        </table>
      </div>
      <SheetFoot columns={columns} place={place} room={room} />
    </div>
  );
}

type Grip = ReturnType<ReturnType<typeof useRowDrag>['grip']>;
interface RowProps extends Numbered, Neighbours {
  columns: readonly Column[];
  /** Somebody was sent here to see it. */
  marked: boolean;
  drop: boolean;
  dragged: boolean;
  grip: Grip | undefined;
}

const SheetRow = memo(function SheetRow(props: RowProps) {
  const { row, n, columns, up, down, marked, drop, dragged, grip } = props;
  const looks = classes(
    row.withdrawn && styles.withdrawn,
    marked && styles.shown,
    drop && styles.drop,
    dragged && styles.dragged,
  );
  return (
    <tr data-row={row.rowId} className={looks}>
      <th scope="row" className={styles.first}>
        <div className={styles.number}>
          {grip && <GripButton row={row} n={n} up={up} down={down} grip={grip} />}
          <span>{n || '—'}</span>
        </div>
      </th>
      {columns.map(({ field, long }) => (
        <td key={field} className={classes(long && styles.long)}>
          <Cell row={row} n={n} field={field} />
          {field !== 'problem' && field !== 'cause' && <PrintedCell row={row} field={field} />}
        </td>
      ))}
      <td className={styles.last}>
        <RowMenu row={row} n={n} neighbours={{ up, down }} />
      </td>
    </tr>
  );
}, sameProps);

// The grip's functions are new each time but do the same for the same row and neighbours.
function sameProps(a: RowProps, b: RowProps): boolean {
  const keys = ['row', 'n', 'columns', 'up', 'down', 'marked', 'drop', 'dragged'] as const;
  return keys.every((key) => a[key] === b[key]) && (a.grip === undefined) === (b.grip === undefined);
}

function GripButton({ row, n, up, down, grip }: Numbered & Neighbours & { grip: Grip }) {
  const words = useWords(boardWords);
  const { list } = useBoard();
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const to = event.key === 'ArrowUp' ? up : event.key === 'ArrowDown' ? down : undefined;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (to === undefined) return;
    list.move(row.rowId, to);
    focusGrip(event.currentTarget.closest('table'), row.rowId);
  };
  return (
    <button
      type="button"
      className={styles.grip}
      aria-label={words.grip(n)}
      title={words.grip(n)}
      onKeyDown={step}
      {...grip}
    >
      <svg width="10" height="16" viewBox="0 0 10 16" aria-hidden="true" fill="currentColor">
        <circle cx="2" cy="3" r="1.4" />
        <circle cx="8" cy="3" r="1.4" />
        <circle cx="2" cy="8" r="1.4" />
        <circle cx="8" cy="8" r="1.4" />
        <circle cx="2" cy="13" r="1.4" />
        <circle cx="8" cy="13" r="1.4" />
      </svg>
    </button>
  );
}
