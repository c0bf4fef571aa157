import { useSyncExternalStore } from 'react';
import { openShelf } from './shelf.ts';

// The choice of this device, for all of its meetings.
const KEY = 'poli.sound';
const listeners = new Set<() => void>();
let on: boolean | undefined;

/** Whether this device may sound. */
export const soundOn = (): boolean => (on ??= openShelf().getItem(KEY) !== 'off');

export function setSound(next: boolean): void {
  on = next;
  try {
    openShelf().setItem(KEY, next ? 'on' : 'off');
  } catch {
    // Full or forbidden: the choice lasts as long as the page.
  }
  for (const tell of listeners) tell();
}

export function useSound(): boolean {
  return useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), soundOn);
}
