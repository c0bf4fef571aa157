import { lazy, Suspense } from 'react';
import { Skeleton } from '../../ui/Skeleton.tsx';

const Sheet = lazy(() => import('./Records.tsx'));

/** Decisions and actions with their forms; a phone does not load them before they are looked at. */
export function Records() {
  return (
    <Suspense fallback={<Skeleton rows={3} />}>
      <Sheet />
    </Suspense>
  );
}
