import { useSyncExternalStore } from 'react';
import { pageCarrier } from './carrier.ts';

/** True when this network lets no WebSocket through and live documents go over long-polling. */
export function useSlowCarrier(): boolean {
  const { slow } = pageCarrier();
  return useSyncExternalStore(slow.subscribe, slow.get);
}
