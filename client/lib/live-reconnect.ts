/**
 * Socket.IO's waits before it comes back: up to 1 s, then 2 s, then 2.5 s, each by chance, so that a hall whose server restarts
 * does not come back in one instant, and is all there 3 s after its server.
 */
export const LIVE_RECONNECT = {
  reconnectionDelay: 500,
  randomizationFactor: 1,
  reconnectionDelayMax: 2_500,
} as const;

/** A wait that was meant to be this long, half as long or half as long again. */
export const about = (ms: number, random: () => number = Math.random): number => ms * (0.5 + random());
