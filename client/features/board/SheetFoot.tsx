import { useCallback, useEffect, useState } from 'react';
import { useWords } from '../../lib/words.ts';
import { type Column, MENU_WIDTH } from './column-choice.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import styles from './sheet.module.css';
import type { Columns } from './use-columns.ts';
import { boardWords } from './words.ts';

/** How many of the last columns lie beyond the right edge; call the second after each scroll. */
export function useBeyond(
  place: { current: HTMLElement | null },
  shown: readonly Column[],
  room: number,
): [number, () => void] {
  const [beyond, setBeyond] = useState(0);
  const look = useCallback(() => {
    const sheet = place.current;
    if (!sheet) return;
    const edge = sheet.getBoundingClientRect().left + sheet.clientWidth - MENU_WIDTH;
    const heads = [...sheet.querySelectorAll('[data-column]')];
    setBeyond(heads.filter((head) => head.getBoundingClientRect().right > edge + 1).length);
  }, [place]);
  useEffect(look, [look, shown, room]);
  return [beyond, look];
}

/** What of the list cannot be seen here, and how to see it. Nothing when all is seen. */
export function SheetFoot({ columns, beyond }: { columns: Columns; beyond: number }) {
  const words = useWords(boardWords);
  const { shown, hidden } = columns;
  const named = (list: readonly Column[]) => list.map(({ field }) => words[field]);
  const away = beyond === 0 ? [] : shown.slice(-beyond);
  if (hidden.length === 0 && away.length === 0) return null;
  return (
    <div className={styles.foot}>
      <span>
        {away.length > 0 && words.columnsBeyond(named(away))}{' '}
        {hidden.length > 0 && words.columnsHidden(named(hidden))}
      </span>
      <ColumnsMenu columns={columns}>{words.columns}</ColumnsMenu>
    </div>
  );
}
