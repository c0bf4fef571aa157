import { useCallback, useRef, useSyncExternalStore } from 'react';

/**
 * What the window says to a media query. While it is printed, what it said before: paper is narrower, but nothing that is open in
 * the window may go for that, nor what is half written in it.
 */
export function useMedia(query: string): boolean {
  const last = useRef<boolean>(undefined);
  const follow = useCallback(
    (tell: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', tell);
      return () => list.removeEventListener('change', tell);
    },
    [query],
  );
  return useSyncExternalStore(follow, () => {
    if (last.current === undefined || !matchMedia('print').matches) last.current = matchMedia(query).matches;
    return last.current;
  });
}
