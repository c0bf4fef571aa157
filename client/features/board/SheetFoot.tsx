import { type RefObject, useEffect, useState } from 'react';
import { useWords } from '../../lib/words.ts';
import { type Column, MENU_WIDTH } from './column-choice.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import styles from './sheet.module.css';
import type { Columns } from './use-columns.ts';
import { boardWords } from './words.ts';

interface FootProps {
  columns: Columns;
  /** What scrolls the table, and how wide it is in px. */
  place: RefObject<HTMLElement | null>;
  room: number;
}

/** What of the list cannot be seen here, and how to see it. Nothing when all is seen. */
export function SheetFoot({ columns, place, room }: FootProps) {
  const words = useWords(boardWords);
  const { shown, hidden } = columns;
  /** How many of the last columns lie beyond the right edge. */
  const [beyond, setBeyond] = useState(0);
  useEffect(() => {
    const sheet = place.current;
    if (!sheet) return;
    const look = () => {
      const edge = sheet.getBoundingClientRect().left + sheet.clientWidth - MENU_WIDTH;
      const heads = [...sheet.querySelectorAll('[data-column]')];
      setBeyond(heads.filter((head) => head.getBoundingClientRect().right > edge + 1).length);
    };
    look();
    sheet.addEventListener('scroll', look, { passive: true });
    return () => sheet.removeEventListener('scroll', look);
  }, [place, shown, room]);
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
