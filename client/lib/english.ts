/** English words that are loaded only where English is read. */
type State = 'none' | 'failed' | 'there' | Promise<void>;

const loads = new Set<() => Promise<void>>();

/**
 * Notes words to fetch. The answer tells what to wait for: a promise while they are on their way (it starts them), or
 * undefined when they are there or cannot be had. A failure is forgotten when the reader turns to English again.
 */
export function onEnglish(fetchWords: () => Promise<void>, now: boolean): () => Promise<void> | undefined {
  let state: State = 'none';
  const start = (): Promise<void> => {
    if (state instanceof Promise) return state;
    if (state === 'there') return Promise.resolve();
    const coming = fetchWords().then(
      () => void (state = 'there'),
      () => void (state = 'failed'),
    );
    state = coming;
    return coming;
  };
  loads.add(start);
  if (now) void start();
  return () => (state === 'there' || state === 'failed' ? undefined : start());
}

/** Fetches all that is noted; resolves when each has come or failed. */
export async function prepareEnglish(): Promise<void> {
  await Promise.all([...loads].map((load) => load()));
}
