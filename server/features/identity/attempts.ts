import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '../../../shared/errors.ts';

/** Who tries. An empty device (a browser without its cookie) is not counted as one. */
export interface Trier {
  device: string;
  ip: string;
  /** What is tried to be opened: a login. */
  account?: string;
}

export interface Ceilings {
  device: number;
  account: number;
  ip: number;
  /** Length of the window in seconds. */
  seconds: number;
}

/** A hall of 300 phones is one address, so an address may fail often; a person who mistypes needs no more than ten. */
const CEILINGS: Ceilings = { device: 10, account: 20, ip: 1000, seconds: 600 };

const WRONG: ReadonlySet<string> = new Set(['login.wrong', 'code.unknown']);
const isWrong = (error: unknown) => error instanceof AppError && WRONG.has(error.failure.reason);

/**
 * Counts failures only. Tries of one device and of one account run one after the other, so that sending many at once
 * gains nothing. A right one is never counted; but an address that has failed a thousand times waits as a whole, also who is right,
 * or guessing would go on.
 */
export function createAttempts(ceilings: Ceilings = CEILINGS) {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: ceilings.seconds });
  const limiters = {
    device: limiter(ceilings.device),
    account: limiter(ceilings.account),
    ip: limiter(ceilings.ip),
  };
  const tails = new Map<string, Promise<unknown>>();

  const keysOf = ({ device, ip, account }: Trier) =>
    (
      [
        ['device', device],
        ['account', account ?? ''],
        ['ip', ip],
      ] as const
    ).filter(([, key]) => key !== '');

  async function check(who: Trier): Promise<void> {
    for (const [kind, key] of keysOf(who)) {
      const spent = await limiters[kind].get(key);
      if (!spent || spent.consumedPoints < ceilings[kind]) continue;
      const seconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000));
      throw new AppError('RATE_LIMITED', 'tries.many', { facts: { seconds } });
    }
  }

  async function attempt<T>(who: Trier, work: () => Promise<T>): Promise<T> {
    await check(who);
    try {
      return await work();
    } catch (error) {
      if (isWrong(error)) for (const [kind, key] of keysOf(who)) await limiters[kind].penalty(key);
      throw error;
    }
  }

  function inTurn<T>(turns: readonly string[], work: () => Promise<T>): Promise<T> {
    const run = Promise.all(turns.map((turn) => tails.get(turn))).then(work);
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    for (const turn of turns) tails.set(turn, settled);
    void settled.then(() => {
      for (const turn of turns) if (tails.get(turn) === settled) tails.delete(turn);
    });
    return run;
  }

  return {
    /**
     * Runs `work` unless this device, account or address has failed too often: RATE_LIMITED `tries.many` {seconds}. A
     * failure is an AppError with reason `login.wrong` or `code.unknown`; everything else is no try.
     */
    guard<T>(who: Trier, work: () => Promise<T>): Promise<T> {
      const turns = keysOf(who)
        .filter(([kind]) => kind !== 'ip')
        .map(([kind, key]) => `${kind} ${key}`);
      return inTurn(turns, () => attempt(who, work));
    },
  };
}
export type Attempts = ReturnType<typeof createAttempts>;
