import { cellKey } from './cell-presence.ts';

/** Puts the caret into a cell, after React has drawn what was just changed. */
export function focusCell(place: HTMLElement | null, rowId: string, field: string): void {
  requestAnimationFrame(() => {
    const cell = place?.querySelector(`[data-cell="${cellKey(rowId, field)}"]`);
    cell?.querySelector<HTMLElement>('textarea, input, select')?.focus();
  });
}

export function focusGrip(place: HTMLElement | null, rowId: string): void {
  requestAnimationFrame(() => {
    place?.querySelector<HTMLElement>(`[data-row="${rowId}"] th button`)?.focus();
  });
}

export function showRow(place: HTMLElement | null, rowId: string): void {
  place?.querySelector(`[data-row="${rowId}"]`)?.scrollIntoView({ block: 'nearest' });
}
