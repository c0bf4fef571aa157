import * as Y from 'yjs';
import { MAX_TABLE_COLUMNS, MAX_TABLE_ROWS, NODES } from './draft-shape.ts';

/** The attributes by which a cell takes more than one place. */
export const SPANS = ['colspan', 'rowspan'] as const;

/** How a table can be laid out: an editor makes one entry for each place, whatever the cells claim. */
export type Layout = 'whole' | 'without-spans' | 'too-large';

export function layoutOf(table: Y.XmlElement): Layout {
  const rows = elementsIn(table).map(elementsIn);
  if (rows.length > MAX_TABLE_ROWS || rows.some((row) => row.length > MAX_TABLE_COLUMNS)) return 'too-large';
  return widest(rows) > MAX_TABLE_COLUMNS ? 'without-spans' : 'whole';
}

export const elementsIn = (parent: Y.XmlElement): Y.XmlElement[] =>
  parent.toArray().filter((child): child is Y.XmlElement => child.constructor === Y.XmlElement);

/** How many columns the widest row takes, cells that reach down from above included. */
function widest(rows: readonly (readonly Y.XmlElement[])[]): number {
  const widths = rows.map(() => 0);
  for (const [y, row] of rows.entries())
    for (const cell of row) {
      const [columns, height] = [spanOf(cell, 'colspan'), spanOf(cell, 'rowspan')];
      for (let below = y; below < Math.min(rows.length, y + height); below++) widths[below]! += columns;
    }
  return Math.max(0, ...widths);
}

function spanOf(cell: Y.XmlElement, key: (typeof SPANS)[number]): number {
  const value: unknown = cell.getAttribute(key);
  return NODES.get('tableCell')!.attrs[key]!(value) ? (value as number) : 1;
}
