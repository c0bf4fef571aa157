import { useMemo, useState } from 'react';
import { type Column, type ColumnField, COLUMNS, columnsFor, columnsHere } from './column-choice.ts';

export interface Columns {
  shown: readonly Column[];
  /** Those that are left out. */
  hidden: readonly Column[];
  /** Chosen by hand: they may be wider than there is room. */
  byHand: boolean;
  choose: (fields: readonly ColumnField[] | undefined) => void;
}

/** The columns of the list on this device, in a room's panel or on the list's own page. `room` in px. */
export function useColumns(inRoom: boolean, oneTopic: boolean, room: number): Columns {
  const key = `poli.columns.${inRoom ? 'room' : 'page'}`;
  const [chosen, setChosen] = useState(() => read(key));
  return useMemo(() => {
    const shown = columnsFor({ inRoom, oneTopic, room, chosen });
    const hidden = columnsHere({ inRoom, oneTopic }).filter((column) => !shown.includes(column));
    const choose = (fields: readonly ColumnField[] | undefined) => {
      setChosen(fields);
      write(key, fields);
    };
    return { shown, hidden, byHand: chosen !== undefined, choose };
  }, [inRoom, oneTopic, room, chosen, key]);
}

function read(key: string): readonly ColumnField[] | undefined {
  try {
    const fields = localStorage.getItem(key)?.split(',');
    return fields && COLUMNS.map(({ field }) => field).filter((field) => fields.includes(field));
  } catch {
    return undefined;
  }
}

function write(key: string, fields: readonly ColumnField[] | undefined): void {
  try {
    if (fields) localStorage.setItem(key, fields.join(','));
    else localStorage.removeItem(key);
  } catch {
    // Private mode: the choice lasts as long as the page.
  }
}
