import type { CSSProperties, ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';
import { useOther } from './board-context.ts';
import { cellKey } from './cell-presence.ts';
import styles from './cells.module.css';

/** A cell's place in the sheet, outlined with the name of whoever else is in it. */
export function CellFrame({ rowId, field, children }: { rowId: string; field: string; children: ReactNode }) {
  const key = cellKey(rowId, field);
  const other = useOther(key);
  const style = other && ({ '--who': other.colour } as CSSProperties);
  return (
    <div className={classes(styles.cell, other && styles.taken)} style={style} data-cell={key}>
      {children}
      {other && <span className={styles.who}>{other.name}</span>}
    </div>
  );
}
