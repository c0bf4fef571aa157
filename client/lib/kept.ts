// Words that are being typed live in components; before the page is loaded anew each of them is asked for its value.
const KEY = 'poli.kept.';
const askers = new Map<string, () => unknown>();

/** Asks for the value under this key when the page must reload. Returns how to stop asking. */
export function askBeforeReload(key: string, value: () => unknown): () => void {
  askers.set(key, value);
  return () => {
    if (askers.get(key) === value) askers.delete(key);
  };
}

/** Puts aside what is being typed, for this tab only. */
export function keepWork(): void {
  for (const [key, value] of askers) {
    const kept = value();
    if (kept === undefined || kept === '') continue;
    try {
      sessionStorage.setItem(KEY + key, JSON.stringify(kept));
    } catch {
      // Full or forbidden: nothing can be kept here.
    }
  }
}

/** What was put aside under this key, once. */
export function takeKept<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(KEY + key);
    sessionStorage.removeItem(KEY + key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}
