/** So long after somebody of a meeting was seen at an address its code counts as in use there. */
const GOOD_MS = 12 * 3_600_000;
const MOST = 10_000;

/**
 * How many tries of one address are compared with these codes while the address is over its ceiling: a hall of 500 with two each at
 * once, then 300 a minute, or who sits in the hall could go through all codes at the speed of the network.
 */
const BURST = 1_000;
const PER_SECOND = 5;

interface Purse {
  left: number;
  at: number;
}

/**
 * Which meetings are held at which address. In a hall whose address somebody has used up by guessing, the phones that bring the code
 * of the meeting held there are let in at once all the same.
 */
export function createVouchers(now: () => number) {
  const seen = new Map<string, number>();
  const purses = new Map<string, Purse>();
  const keyOf = (network: string, code: string) => `${network} ${code}`;

  function forget<T>(map: Map<string, T>): void {
    if (map.size > MOST) map.delete(map.keys().next().value!);
  }

  /** False when this address has had its share. */
  function pay(network: string): boolean {
    const before = purses.get(network) ?? { left: BURST, at: now() };
    const left = Math.min(BURST, before.left + (Math.max(0, now() - before.at) / 1000) * PER_SECOND);
    purses.delete(network);
    purses.set(network, { left: Math.max(0, left - 1), at: now() });
    forget(purses);
    return left >= 1;
  }

  return {
    add(network: string, code: string): void {
      const key = keyOf(network, code);
      seen.delete(key);
      seen.set(key, now());
      forget(seen);
    },
    lets(network: string, code: string): boolean {
      // Paid for right and wrong alike.
      if (!pay(network)) return false;
      const at = seen.get(keyOf(network, code));
      return at !== undefined && now() - at < GOOD_MS;
    },
  };
}
