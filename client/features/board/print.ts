import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';

/** Shows everything before the page goes to paper. The browser waits for what is drawn meanwhile, and for nothing later. */
export function useEveryRowOnPaper(showAll: () => void): void {
  const now = useRef(showAll);
  now.current = showAll;
  useEffect(() => {
    const prepare = () => flushSync(() => now.current());
    addEventListener('beforeprint', prepare);
    return () => removeEventListener('beforeprint', prepare);
  }, []);
}
