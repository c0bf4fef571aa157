import { lazy, Suspense, useEffect, useState } from 'react';
import { onFirstNotice } from './toast.ts';

const Parts = lazy(() => import('./ToastParts.tsx'));

/** Where notices appear; stands once in the shell. */
export function Toaster() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => onFirstNotice(() => setWanted(true)), []);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Parts />
    </Suspense>
  );
}
