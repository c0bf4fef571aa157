import type { ReactNode } from 'react';
import { useWords } from '../../lib/words.ts';
import { Menu } from '../../ui/Menu.tsx';
import type { ColumnField } from './column-choice.ts';
import type { Columns } from './use-columns.ts';
import { boardWords } from './words.ts';

/** Which columns are shown. The long ones, in which the list is written, always are. */
export function ColumnsMenu({ columns, children }: { columns: Columns; children: ReactNode }) {
  const words = useWords(boardWords);
  const { shown, hidden, byHand, choose } = columns;
  const fields = shown.filter(({ long }) => !long).map(({ field }) => field);
  const switched = (field: ColumnField) =>
    choose(fields.includes(field) ? fields.filter((each) => each !== field) : [...fields, field]);
  const items = [...shown, ...hidden]
    .filter(({ long }) => !long)
    .map(({ field }) => ({
      label: words[field],
      checked: fields.includes(field),
      onSelect: () => switched(field),
    }));
  const automatic = { label: words.columnsThatFit, checked: !byHand, onSelect: () => choose(undefined) };
  return (
    <Menu label={words.columns} kind="quiet" small items={[automatic, ...items]}>
      {children}
    </Menu>
  );
}
