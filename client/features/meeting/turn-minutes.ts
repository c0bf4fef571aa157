import { useSyncExternalStore } from 'react';

export const TURN_MINUTES = [1, 2, 3, 5, 8, 10, 15] as const;

// One choice for the whole page: the card, the queue and the list of people give the floor for the same time.
let minutes = 3;
const listeners = new Set<() => void>();
const follow = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

/** How long the next turn is, in minutes. */
export function useTurnMinutes(): [number, (minutes: number) => void] {
  const value = useSyncExternalStore(follow, () => minutes);
  const set = (next: number): void => {
    minutes = next;
    for (const listener of listeners) listener();
  };
  return [value, set];
}
