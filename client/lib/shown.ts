import { useCallback, useState } from 'react';

/** The first rows of a long list, and how to see more of them; `more` is undefined when all are shown. */
export function useShown<T>(
  rows: readonly T[],
  step: number,
): { shown: readonly T[]; more: (() => void) | undefined } {
  const [most, setMost] = useState(step);
  const more = useCallback(() => setMost((known) => known + step), [step]);
  return { shown: rows.slice(0, most), more: rows.length > most ? more : undefined };
}
