import { useSyncExternalStore } from 'react';
import { openShelf } from './shelf.ts';

/** Keys of one letter can be turned off: a screen reader or a voice may use them (WCAG 2.1.4). */
const KEY = 'poli.keys';
const listeners = new Set<() => void>();
let on: boolean | undefined;

const keysOn = (): boolean => (on ??= openShelf().getItem(KEY) !== 'off');

export function setKeys(next: boolean): void {
  on = next;
  try {
    openShelf().setItem(KEY, next ? 'on' : 'off');
  } catch {
    // The choice lasts as long as the page.
  }
  for (const tell of listeners) tell();
}

export function useKeysOn(): boolean {
  return useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), keysOn);
}

const BUSY =
  'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true], [role=textbox], [role=dialog], [role=menu], [role=alertdialog]';

/** The key that a person means for the room; undefined while he types, composes a word, or is in a dialog. */
export function roomKey(event: KeyboardEvent): string | undefined {
  if (event.defaultPrevented || event.repeat || event.isComposing || event.keyCode === 229) return undefined;
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  if (event.target instanceof Element && event.target.closest(BUSY)) return undefined;
  if (document.querySelector('[role=dialog], [role=alertdialog], [role=menu]')) return undefined;
  return event.key;
}
