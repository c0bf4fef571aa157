import type { WebsocketProvider } from 'y-websocket';

/** A hall whose server restarts comes back spread over this long; a single lost line is back after half of it. */
const FIRST_MS = 1_000;
const LAST_MS = 2_000;
/** y-websocket waits 2^n × 100 ms, but not longer than `maxBackoffTime`: with this n the latter alone decides. */
const ENOUGH = 10;

/** How long to wait before the next try after so many failed ones, in ms. Below 2 s, so that all are back 3 s after their server. */
export function reconnectDelay(failures: number, random: () => number): number {
  if (failures === 0) return random() * FIRST_MS;
  const longest = Math.min(FIRST_MS * 2 ** (failures - 1), LAST_MS);
  return longest * (0.5 + random() / 2);
}

/** Makes a provider wait by chance before it comes back; what it knows of failures (none after a sync) stays its own affair. */
export function spreadReconnects(
  provider: Pick<WebsocketProvider, 'maxBackoffTime' | 'wsUnsuccessfulReconnects' | 'on'>,
  random: () => number = Math.random,
): void {
  let failures = 0;
  provider.on('connection-close', () => {
    // It was synced, or woken: the count begins anew.
    if (provider.wsUnsuccessfulReconnects === 0) failures = 0;
    provider.maxBackoffTime = reconnectDelay(failures++, random);
    provider.wsUnsuccessfulReconnects = ENOUGH;
  });
}
