import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../../platform/handler.ts';
import type { Log } from '../../platform/log.ts';
import { networkOf } from '../../platform/network.ts';
import type { RecordStore } from '../../storage/port.ts';
import { createTurns } from './turns.ts';
import { createVouchers } from './vouchers.ts';
import { createWrongTries } from './wrong-tries.ts';

/** Who tries, as a call says it. */
export type Trier = Pick<Context, 'actor' | 'tokenId' | 'device' | 'issued' | 'ip'>;

/** How often a try may fail in a window until the next ones wait. */
export interface Ceilings {
  /** One person, one device that has come in, one browser. Who mistypes needs no more than ten. */
  own: number;
  /** Codes: all who have not come in at one address, and all who have by choosing a name. */
  codes: number;
  claimedCodes: number;
  /** Passwords: all browsers at one address that have not signed in with that password before. */
  passwords: number;
  /** The same for one login, from everywhere. */
  account: number;
  /** Length of the window in seconds. */
  seconds: number;
  /** How long a queue rests after a wrong one, in ms, once its ceiling is reached. */
  codePause: number;
  passwordPause: number;
  accountPause: number;
}

/**
 * Six digits are 900,000 codes. Once the ceilings are reached, one address fails at most 100 + 50 times at once and 2 × 12 times a minute:
 * 39 a minute over ten minutes. With 20 codes open at a time a hit takes 43,000 tries on average, 18 hours; with three, 96 hours. Against
 * codes of meetings that run at that very address it is 300 a minute more (see `vouchers.ts`): for one such code 50 hours, and a code
 * ends with its meeting. A hit gives what a claimed name gives.
 */
export const CEILINGS: Ceilings = {
  own: 10,
  codes: 100,
  claimedCodes: 50,
  passwords: 60,
  account: 20,
  seconds: 600,
  codePause: 5_000,
  passwordPause: 1_000,
  accountPause: 5_000,
};

/** Others at the address wait behind few: what does not fit is told to come again. */
const SLOW = { most: 10, mostOfOne: 2 };
/** 60 passwords are compared in 3 s. */
const PASSWORDS = { most: 60, mostOfOne: 3 };
/** Callers that wait for nothing but each other. */
const CROWD = { most: 2_000, mostOfOne: 2_000 };
const HEAVY = { most: 500, mostOfOne: 500 };
/** So many codes of one address are looked up at once; what counts as wrong is then known before the next are. */
const AT_ONCE = 50;

const WRONG: ReadonlySet<string> = new Set(['login.wrong', 'code.unknown', 'screen.code']);
const isWrong = (error: unknown) => error instanceof AppError && WRONG.has(error.failure.reason);

/** Who pays for a wrong try: `own` is theirs alone ('' when there is nothing to know them by), `pool` is shared at their address. */
interface Payer {
  own: string;
  pool: string;
  most: number;
  /** Their place in the pool's queue. */
  lane: string;
  network: string;
}

type Done<T> = { value: T } | undefined;

export interface AttemptsParts {
  ceilings?: Ceilings;
  now?: () => number;
  store?: { records: RecordStore; log: Log };
}

/**
 * Guards what can be guessed. Only failures count, and who has come in pays alone. Nobody is refused for what others have failed:
 * beyond a ceiling a try waits for its turn, where a right one opens like any other and after a wrong one the queue rests. Only when
 * too many wait is somebody told to come again.
 */
export function createAttempts({ ceilings = CEILINGS, now = Date.now, store }: AttemptsParts = {}) {
  const tries = createWrongTries({ seconds: ceilings.seconds, now, store });
  const vouchers = createVouchers(now);
  const own = createTurns({ most: 20, mostOfOne: 20 });
  const slow = createTurns(SLOW);
  const passwords = createTurns(PASSWORDS);
  const accounts = createTurns({ most: 20, mostOfOne: 3 });
  const crowd = createTurns(CROWD);
  // Each comparison takes 19 MiB and a processor for 30 ms: one at a time for strangers, one for those who are known, so that
  // neither keeps the other or the meetings waiting.
  const strangers = createTurns(HEAVY);
  const known = createTurns(HEAVY);
  const underway = new Map<string, number>();

  function payerOf({ actor, tokenId, device, issued, ip }: Trier): Payer {
    const network = networkOf(ip);
    if (actor.kind === 'person' && actor.proven) {
      const mine = `person ${actor.personId}`;
      return { own: mine, pool: mine, most: ceilings.own, lane: '', network };
    }
    const lane = issued ? device : '';
    if (actor.kind === 'person') {
      const pool = `claimed ${network}`;
      return { own: `token ${tokenId}`, pool, most: ceilings.claimedCodes, lane: tokenId, network };
    }
    return { own: lane && `device ${lane}`, pool: `codes ${network}`, most: ceilings.codes, lane, network };
  }

  async function counted<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isWrong(error)) for (const key of new Set(keys)) if (key !== '') tries.add(key);
      throw error;
    }
  }

  const full = (key: string, most: number) => key !== '' && tries.of(key) >= most;

  /** At once if nothing speaks against it; undefined when it has to wait. */
  async function codeAtOnce<T>(payer: Payer, code: string, work: () => Promise<T>): Promise<Done<T>> {
    const late = full(payer.own, ceilings.own) || full(payer.pool, payer.most);
    if (late && !mayPass(payer, code)) return undefined;
    return { value: await counted([payer.own, payer.pool], work) };
  }

  const mayPass = ({ own: mine, lane, network }: Payer, code: string) =>
    lane !== '' && !full(mine, ceilings.own) && vouchers.lets(network, code);

  function codeInTurn<T>(payer: Payer, work: () => Promise<T>): Promise<T> {
    let wrong = false;
    const open = () =>
      counted([payer.own, payer.pool], work).catch((error: unknown) => {
        wrong = isWrong(error);
        throw error;
      });
    return slow.run(payer.pool, payer.lane, open, () => (wrong ? ceilings.codePause : 0));
  }

  /** Of many at once from one address those beyond the first fifty look one after the other, by what the ones before have shown. */
  async function fewAtOnce<T>(pool: string, work: () => Promise<T>): Promise<T> {
    const busy = underway.get(pool) ?? 0;
    if (busy >= AT_ONCE) return crowd.run(pool, '', work);
    underway.set(pool, busy + 1);
    try {
      return await work();
    } finally {
      const left = (underway.get(pool) ?? 1) - 1;
      if (left > 0) underway.set(pool, left);
      else underway.delete(pool);
    }
  }

  async function tryPassword<T>(who: Trier, account: string, work: () => Promise<T>): Promise<T> {
    const network = networkOf(who.ip);
    const [pool, login] = [`passwords ${network}`, `account ${account}`];
    let wrong = false;
    const compare = () =>
      strangers
        .run('', '', () => counted([pool, login], work))
        .catch((error: unknown) => {
          wrong = isWrong(error);
          throw error;
        });
    const rest = (most: boolean, pause: number) => (wrong && most ? pause : 0);
    const guessed = () => full(login, ceilings.account);
    for (;;) {
      // An account that is being guessed has a queue of its own: of each address one after the other, and nobody else waits there.
      if (guessed()) return accounts.run(login, network, compare, () => rest(true, ceilings.accountPause));
      const lane = who.issued ? who.device : '';
      const done = await passwords.run(
        network,
        lane,
        async () => (guessed() ? undefined : { value: await compare() }),
        () => rest(full(pool, ceilings.passwords), ceilings.passwordPause),
      );
      if (done) return done.value;
    }
  }

  return {
    /**
     * Opens something by a code of six digits; wrong is an AppError `code.unknown` or `screen.code`. A right one is let in at once: always for who
     * pays alone, and for everybody while fewer than `codes` have failed at the address or somebody is in that meeting there.
     */
    async code<T>(who: Trier, code: string, work: () => Promise<T>): Promise<T> {
      await tries.ready();
      const payer = payerOf(who);
      const atOnce = () => fewAtOnce(payer.pool, () => codeAtOnce(payer, code, work));
      // One device looks one code up after the other, so that sending many at once gains nothing.
      const done = await (payer.own === '' ? atOnce() : own.run(payer.own, '', atOnce));
      return done ? done.value : codeInTurn(payer, work);
    },
    /** Somebody of that meeting is at this address: others there who have its code are no guessers. */
    vouch: (ip: string, code: string): void => vouchers.add(networkOf(ip), code),
    /**
     * Compares a password; wrong is an AppError `login.wrong`. `known`: this browser has signed in with the account before, or is
     * the person: it has a queue and a counter of its own, which strangers who guess cannot touch.
     */
    async password<T>(
      who: Trier,
      { account, isKnown }: { account: string; isKnown: boolean },
      work: () => Promise<T>,
    ): Promise<T> {
      await tries.ready();
      const mine = `known ${account} ${who.device || who.tokenId}`;
      if (!isKnown || full(mine, ceilings.own)) return tryPassword(who, account, work);
      return own.run(mine, '', () =>
        full(mine, ceilings.own)
          ? tryPassword(who, account, work)
          : known.run('', mine, () => counted([mine], work)),
      );
    },
    /** For other work of that weight by who is known. */
    heavy: <T>(work: () => Promise<T>): Promise<T> => known.run('', '', work),
    settled: tries.settled,
  };
}
export type Attempts = ReturnType<typeof createAttempts>;
