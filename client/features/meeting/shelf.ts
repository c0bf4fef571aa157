import type { Shelf } from '../../lib/outbox.ts';

/** `localStorage`, or a memory where the browser forbids it. */
export function openShelf(): Shelf {
  try {
    const store = window.localStorage;
    store.getItem('');
    return store;
  } catch {
    const items = new Map<string, string>();
    return {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    };
  }
}
