import type { KeyboardEvent } from 'react';

/** A line of a list that is one Tab stop; its buttons take `tabIndex={-1}`. */
export const LINE = { 'data-line': '', tabIndex: -1 } as const;

const TYPED = 'input, select, textarea, [contenteditable=true]';

/**
 * Makes a list one Tab stop: ↑ ↓ Home End walk its lines (see LINE), → ← the buttons of the line, Escape leads back to
 * the list. From the list itself ↑ begins at the end, as one reads a talk. Spread the answer on the list.
 */
export function roving(): { tabIndex: 0; onKeyDown(event: KeyboardEvent<HTMLElement>): void } {
  return { tabIndex: 0, onKeyDown: walk };
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const list = event.currentTarget;
  const from = event.target as HTMLElement;
  if (event.altKey || event.ctrlKey || event.metaKey || from.closest(TYPED)) return;
  const next = step(event.key, list, from);
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

function step(key: string, list: HTMLElement, from: HTMLElement): HTMLElement | undefined {
  const lines = [...list.querySelectorAll<HTMLElement>('[data-line]')];
  const line = from.closest<HTMLElement>('[data-line]') ?? undefined;
  const at = line ? lines.indexOf(line) : -1;
  if (key === 'ArrowDown') return lines[at + 1];
  if (key === 'ArrowUp') return lines.at(line ? Math.max(0, at - 1) : -1);
  if (key === 'Home') return lines[0];
  if (key === 'End') return lines.at(-1);
  if (key === 'Escape') return line && list;
  if (!line || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return undefined;
  const shown = [...line.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')].filter(
    (button) => button.getClientRects().length > 0,
  );
  const place = shown.indexOf(from as HTMLButtonElement);
  return key === 'ArrowRight' ? shown[place + 1] : (shown[place - 1] ?? line);
}
