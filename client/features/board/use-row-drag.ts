import { type PointerEvent, useRef, useState } from 'react';

export interface RowDrag {
  rowId: string;
  /** The row it would be put before; null for the end. */
  before: string | null;
}

const EDGE = 48;

/**
 * Dragging a row by its grip with mouse, pen or finger. `sheet` scrolls and holds the rows, each marked `data-row`.
 * Escape gives up.
 */
export function useRowDrag(sheet: () => HTMLElement | null, drop: (drag: RowDrag) => void) {
  const [drag, setDrag] = useState<RowDrag>();
  const current = useRef<RowDrag>(undefined);
  const follow = (next: RowDrag | undefined) => {
    current.current = next;
    setDrag(next);
  };
  const move = (event: PointerEvent) => {
    const now = current.current;
    const place = sheet();
    if (!now || !place) return;
    const { top, bottom } = place.getBoundingClientRect();
    if (event.clientY < top + EDGE) place.scrollBy(0, -12);
    if (event.clientY > bottom - EDGE) place.scrollBy(0, 12);
    const before = rowUnder(place, event.clientY);
    if (before !== now.before) follow({ ...now, before });
  };
  const grip = (rowId: string, after: string | null) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      follow({ rowId, before: after });
    },
    onPointerMove: move,
    onPointerUp: () => {
      const now = current.current;
      follow(undefined);
      if (now && now.before !== after && now.before !== rowId) drop(now);
    },
    onPointerCancel: () => follow(undefined),
  });
  return { drag, grip, cancel: () => follow(undefined) };
}

/** The first row whose middle lies below this height; null behind the last. */
function rowUnder(place: HTMLElement, y: number): string | null {
  for (const row of place.querySelectorAll<HTMLElement>('[data-row]')) {
    const { top, height } = row.getBoundingClientRect();
    if (y < top + height / 2) return row.dataset.row ?? null;
  }
  return null;
}
