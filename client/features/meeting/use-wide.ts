import { useSyncExternalStore } from 'react';

const QUERY = '(min-width: 900px)';
const follow = (tell: () => void) => {
  const query = matchMedia(QUERY);
  query.addEventListener('change', tell);
  return () => query.removeEventListener('change', tell);
};

/** A desk: three columns side by side. Else a phone: one at a time. */
export function useWide(): boolean {
  return useSyncExternalStore(follow, () => matchMedia(QUERY).matches);
}
