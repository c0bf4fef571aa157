import { useSyncExternalStore } from 'react';

// Paper is narrow too, but nothing must come up from below on it.
const QUERY = 'print, (min-width: 901px)';
const follow = (tell: () => void) => {
  const query = matchMedia(QUERY);
  query.addEventListener('change', tell);
  return () => query.removeEventListener('change', tell);
};

/** Room for a column beside the sheet. */
export function useDesk(): boolean {
  return useSyncExternalStore(follow, () => matchMedia(QUERY).matches);
}
