// What a browser has to keep words in: JSON by key; nothing here throws.

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Undefined for what is not there or no JSON. */
export const parse = <T>(text: string | null): T | undefined => {
  try {
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
};

export function keysOf(store: Store | undefined, start: string): string[] {
  const keys: string[] = [];
  for (let i = 0; store && i < store.length; i++) {
    const key = store.key(i);
    if (key?.startsWith(start)) keys.push(key);
  }
  return keys;
}

/** False when the store refuses: private mode, full. */
export function put(store: Store | undefined, key: string, value: unknown): boolean {
  try {
    if (value === undefined) store?.removeItem(key);
    else store?.setItem(key, JSON.stringify(value));
    return store !== undefined;
  } catch {
    return false;
  }
}

/** Undefined where the browser forbids it. */
export function storeOf(name: 'sessionStorage' | 'localStorage'): Store | undefined {
  try {
    const store = globalThis[name];
    store.getItem('');
    return store;
  } catch {
    return undefined;
  }
}
