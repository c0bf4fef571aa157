import { Turn } from './turn.ts';

/** How much per second in the long run, and how much at once after a rest. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** What handling frames costs. A negative part gives back what was charged in advance. */
export interface Cost {
  frames?: number;
  bytes?: number;
  /** Milliseconds of this process's own time. */
  cpuMs?: number;
}

export interface Limits {
  frames: Rate;
  bytes: Rate;
  cpuMs: Rate;
  /** What may wait for its turn. */
  waiting: { frames: number; bytes: number };
}

const MIB = 1024 * 1024;

/**
 * For one socket. Stock clients in a room of thirty who move their mice repeat each other's awareness, 1,800 frames/s each; a big
 * outbox is one answer of 1.9 MB; nobody at a keyboard costs more than a few ms/s.
 */
export const OF_A_SOCKET: Limits = {
  frames: { perSecond: 2_000, burst: 4_000 },
  bytes: { perSecond: 2 * MIB, burst: 8 * MIB },
  cpuMs: { perSecond: 80, burst: 500 },
  waiting: { frames: 12_000, bytes: 4 * MIB },
};

/** For all sockets of one person together, so that fifty tabs are hardly more than one. */
export const OF_A_PERSON: Limits = {
  frames: { perSecond: 4_000, burst: 8_000 },
  bytes: { perSecond: 4 * MIB, burst: 16 * MIB },
  cpuMs: { perSecond: 100, burst: 800 },
  waiting: { frames: 24_000, bytes: 16 * MIB },
};

/** The same, `times` as much of everything. */
export function scaled(limits: Limits, times: number): Limits {
  const rate = ({ perSecond, burst }: Rate): Rate => ({ perSecond: perSecond * times, burst: burst * times });
  const { frames, bytes } = limits.waiting;
  return {
    frames: rate(limits.frames),
    bytes: rate(limits.bytes),
    cpuMs: rate(limits.cpuMs),
    waiting: { frames: frames * times, bytes: bytes * times },
  };
}

/** A token bucket that may be overdrawn: what a frame costs is known when it has been handled. */
class Bucket {
  readonly #rate: Rate;
  #level: number;
  #at: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#level = rate.burst;
    this.#at = now;
  }

  take(amount: number, now: number): void {
    this.#refill(now);
    this.#level = Math.min(this.#rate.burst, this.#level - amount);
  }

  /** In how many ms nothing is owed any more. */
  wait(now: number): number {
    this.#refill(now);
    return this.#level >= 0 ? 0 : Math.ceil((-this.#level / this.#rate.perSecond) * 1_000);
  }

  full(now: number): boolean {
    this.#refill(now);
    return this.#level >= this.#rate.burst;
  }

  #refill(now: number): void {
    const passed = Math.max(0, now - this.#at);
    this.#at = Math.max(this.#at, now);
    this.#level = Math.min(this.#rate.burst, this.#level + (passed / 1_000) * this.#rate.perSecond);
  }
}

/**
 * What one socket, or one person over all sockets, may cost. Whoever spends too much waits; nothing is thrown away. All times in ms of
 * one monotonic clock.
 */
export class Allowance {
  readonly turn: Turn;
  /** Of all sockets that share the parent. */
  readonly #alarms: Set<() => void>;
  readonly #limits: Limits;
  readonly #parent: Allowance | undefined;
  readonly #buckets: { [part in keyof Required<Cost>]: Bucket };
  #frames = 0;
  #bytes = 0;

  /** What is spent here is spent at `parent` too, and waits for it. */
  constructor(limits: Limits, now: number, parent?: Allowance) {
    this.#limits = limits;
    this.#parent = parent;
    this.turn = parent?.turn ?? new Turn();
    this.#alarms = parent ? parent.#alarms : new Set();
    this.#buckets = {
      frames: new Bucket(limits.frames, now),
      bytes: new Bucket(limits.bytes, now),
      cpuMs: new Bucket(limits.cpuMs, now),
    };
  }

  /** Charges. Returns how many ms the next frame has to wait, 0 for "go on". */
  spend(cost: Cost, now: number): number {
    this.#buckets.frames.take(cost.frames ?? 0, now);
    this.#buckets.bytes.take(cost.bytes ?? 0, now);
    this.#buckets.cpuMs.take(cost.cpuMs ?? 0, now);
    this.#parent?.spend(cost, now);
    return this.wait(now);
  }

  /** How many ms the next frame has to wait, 0 for "go on". */
  wait(now: number): number {
    const { frames, bytes, cpuMs } = this.#buckets;
    return Math.max(frames.wait(now), bytes.wait(now), cpuMs.wait(now), this.#parent?.wait(now) ?? 0);
  }

  /** `stop` is called when the person has spent what there is, on whichever socket. Returns how to hear no more. */
  onSpent(stop: () => void): () => void {
    this.#alarms.add(stop);
    return () => this.#alarms.delete(stop);
  }

  /** Before the next socket of the same person is read in this turn of the event loop. */
  tellSpent(): void {
    for (const stop of this.#alarms) stop();
  }

  /** One more frame waits. False when that is more than may wait: close the socket, its client brings everything again. */
  hold(bytes: number): boolean {
    this.#frames++;
    this.#bytes += bytes;
    const { waiting } = this.#limits;
    const fits = this.#frames <= waiting.frames && this.#bytes <= waiting.bytes;
    return (this.#parent?.hold(bytes) ?? true) && fits;
  }

  /** A frame that waited has had its turn, or is gone. */
  letGo(bytes: number): void {
    this.#frames--;
    this.#bytes -= bytes;
    this.#parent?.letGo(bytes);
  }

  /** So much of this person's waits already that nothing more is to be read, from whichever socket. */
  get crowded(): boolean {
    const whole = this.#parent ?? this;
    return whole.#frames > whole.#limits.waiting.frames / 4;
  }

  /** True when there is nothing to remember: a new allowance would be the same. */
  rested(now: number): boolean {
    const { frames, bytes, cpuMs } = this.#buckets;
    return this.#frames === 0 && frames.full(now) && bytes.full(now) && cpuMs.full(now);
  }
}

interface Account {
  allowance: Allowance;
  sockets: number;
}

/** The allowances of all people (or addresses) who are here. Who leaves and comes back does not begin anew. */
export class Allowances {
  readonly #ofOne: Limits;
  readonly #ofAll: Limits;
  readonly #people = new Map<string, Account>();
  /** Who is gone and not rested yet, in the order of leaving. */
  readonly #gone = new Set<string>();

  /** Limits of one socket, and of all that one has together. */
  constructor(ofOne = OF_A_SOCKET, ofAll = OF_A_PERSON) {
    this.#ofOne = ofOne;
    this.#ofAll = ofAll;
  }

  get size(): number {
    return this.#people.size;
  }

  /** What this one has together, for what is no socket: looked at, charged, and remembered until it is rested. */
  shared(person: string, now: number): Allowance {
    this.#forgetRested(now);
    return this.#account(person, now).allowance;
  }

  /** The allowance of one more socket of this person; each is followed by one `close`. */
  open(person: string, now: number): Allowance {
    this.#forgetRested(now);
    const account = this.#account(person, now);
    account.sockets++;
    this.#gone.delete(person);
    return new Allowance(this.#ofOne, now, account.allowance);
  }

  close(person: string, now: number): void {
    const account = this.#people.get(person);
    if (account && --account.sockets === 0) this.#gone.add(person);
    this.#forgetRested(now);
  }

  #account(person: string, now: number): Account {
    const known = this.#people.get(person);
    if (known) return known;
    const account: Account = { allowance: new Allowance(this.#ofAll, now), sockets: 0 };
    this.#people.set(person, account);
    this.#gone.add(person);
    return account;
  }

  #forgetRested(now: number): void {
    for (const person of this.#gone) {
      this.#gone.delete(person);
      if (!this.#people.get(person)!.allowance.rested(now)) {
        // To the end, so that one who never rests keeps nobody else in memory.
        this.#gone.add(person);
        return;
      }
      this.#people.delete(person);
    }
  }
}
