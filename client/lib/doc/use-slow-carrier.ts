import { useSyncExternalStore } from 'react';
import type { Carrier } from './carrier.ts';

let slow: Carrier['slow'] | undefined;

/** The carrier comes with the first live document; a page that only shows its state does not wait for it. */
function follow(tell: () => void): () => void {
  let stop: (() => void) | undefined;
  let gone = false;
  import('./carrier.ts').then(
    ({ pageCarrier }) => {
      if (gone) return;
      slow = pageCarrier().slow;
      stop = slow.subscribe(tell);
      tell();
    },
    // Without a network: the strip of the shell says so.
    () => undefined,
  );
  return () => {
    gone = true;
    stop?.();
  };
}

/** True when this network lets no WebSocket through and live documents go over long-polling. */
export function useSlowCarrier(): boolean {
  return useSyncExternalStore(follow, () => slow?.get() ?? false);
}
