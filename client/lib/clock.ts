let offsetMs = 0;
let bestTrip = Number.POSITIVE_INFINITY;

/** Learns the server's clock from an answer that came after `tripMs`; the shortest trip tells it best. */
export function learnServerTime(serverTime: string, tripMs: number, now: number = Date.now()): void {
  const server = Date.parse(serverTime);
  // A worse measurement is believed only when it contradicts the better one: somebody has set this device's clock.
  const says = server + tripMs / 2 - now;
  if (tripMs > bestTrip && Math.abs(says - offsetMs) < tripMs + 2000) return;
  bestTrip = tripMs;
  offsetMs = says;
}

/** Milliseconds of now on the server's clock. Countdowns use nothing else. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
