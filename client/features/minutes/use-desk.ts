import { useSyncExternalStore } from 'react';

const QUERY = '(min-width: 901px)';
const follow = (tell: () => void) => {
  const query = matchMedia(QUERY);
  query.addEventListener('change', tell);
  return () => query.removeEventListener('change', tell);
};

/** Room for a column beside the sheet. */
export function useDesk(): boolean {
  return useSyncExternalStore(follow, () => matchMedia(QUERY).matches);
}
