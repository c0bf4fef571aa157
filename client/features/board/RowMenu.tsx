import type { ProblemRow } from '../../../shared/problem.ts';
import { useWords } from '../../lib/words.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { useBoard } from './board-context.ts';
import { boardWords } from './words.ts';

/** Where a row can go from here: the rows it may be put before. Undefined: it is the first, or the last. */
export interface Neighbours {
  /** Upwards: before this row. */
  up: string | undefined;
  /** Downwards: before this row, null for the end. */
  down: string | null | undefined;
}

/** What can be done to a whole row. */
export function useRowActions(row: ProblemRow, n: number, { up, down }: Neighbours): MenuItem[] {
  const words = useWords(boardWords);
  const { list, readOnly, showMessage, withdraw } = useBoard();
  const actions: (MenuItem | false)[] = [
    row.messageId !== '' &&
      showMessage !== undefined && { label: words.showMessage, onSelect: () => showMessage(row.messageId) },
    !readOnly &&
      !row.withdrawn && {
        label: words.up,
        disabled: up === undefined,
        onSelect: () => up !== undefined && list.move(row.rowId, up),
      },
    !readOnly &&
      !row.withdrawn && {
        label: words.down,
        disabled: down === undefined,
        onSelect: () => down !== undefined && list.move(row.rowId, down),
      },
    !readOnly && row.withdrawn && { label: words.restore, onSelect: () => list.restore(row.rowId) },
    !readOnly &&
      !row.withdrawn && { label: words.withdraw, danger: true, onSelect: () => withdraw(row.rowId, n) },
  ];
  return actions.filter((action) => action !== false);
}

export function RowMenu({ row, n, neighbours }: { row: ProblemRow; n: number; neighbours: Neighbours }) {
  const words = useWords(boardWords);
  const items = useRowActions(row, n, neighbours);
  if (items.length === 0) return null;
  return (
    <Menu label={words.rowMenu(n)} kind="quiet" small items={items}>
      <Icon name="more" />
    </Menu>
  );
}
