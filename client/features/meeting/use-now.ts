import { useEffect, useState } from 'react';
import { serverNow } from '../../lib/clock.ts';

/** The server's time in ms, told again twice a second while `running`. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    setNow(serverNow());
    if (!running) return;
    const ticking = setInterval(() => setNow(serverNow()), 500);
    return () => clearInterval(ticking);
  }, [running]);
  return now;
}
