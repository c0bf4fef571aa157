import type { AuditEvent } from '../../platform/audit-trail.ts';
import type { Counted } from './chain.ts';

const MINUTE = 60_000;
/** Kinds of failure that one address may have open at once, and all addresses together; the rest is counted as one kind. */
const MOST_OF_ADDRESS = 20;
const MOST = 300;

interface Open {
  event: AuditEvent;
  /** The minute of its last row. */
  minute: number;
  /** What came since. */
  count: number;
  since: string;
}

/**
 * Failed attempts, one row for each kind and address in a minute. The first of a kind is a row at once; what comes on top is counted
 * and stands in the row of a later minute, whose `count` covers all `since` then. A flood fills no disk.
 */
export class Tally {
  readonly #open = new Map<string, Open>();
  readonly #ofAddress = new Map<string, number>();
  readonly #put: (event: AuditEvent & Counted) => Promise<void>;
  readonly #now: () => number;

  constructor(put: (event: AuditEvent & Counted) => Promise<void>, now: () => number) {
    this.#put = put;
    this.#now = now;
  }

  /** Resolves when its row is stored, or at once when it is counted only. Rejects as `put` does. */
  async count(asked: AuditEvent): Promise<void> {
    const [key, event] = this.#kindOf(asked);
    const minute = Math.floor(this.#now() / MINUTE);
    const known = this.#open.get(key);
    const since = known && known.count > 0 ? known.since : new Date(this.#now()).toISOString();
    const count = (known?.count ?? 0) + 1;
    const told = known?.minute === minute;
    if (!known) this.#ofAddress.set(event.address, (this.#ofAddress.get(event.address) ?? 0) + 1);
    this.#open.set(key, { event: known?.event ?? event, minute, count: told ? count : 0, since });
    if (!told) await this.#put({ ...event, count, since });
  }

  /** To be called every minute or so: what was counted and has no row yet gets one. `all`: that of this minute too. */
  async sweep(all = false): Promise<void> {
    const minute = Math.floor(this.#now() / MINUTE);
    const due = [...this.#open].filter(([, open]) => all || open.minute < minute);
    const rows: Promise<void>[] = [];
    for (const [key, { event, count, since }] of due) {
      if (count > 0) rows.push(this.#put({ ...event, count, since }));
      if (count > 0 && !all) this.#open.set(key, { event, minute, count: 0, since });
      else this.#forget(key, event.address);
    }
    await Promise.all(rows);
  }

  #kindOf(event: AuditEvent): [string, AuditEvent] {
    const keyOf = ({ address, procedure, outcome, reason }: AuditEvent) =>
      JSON.stringify([address, procedure, outcome, reason]);
    const known = (each: AuditEvent) => this.#open.has(keyOf(each));
    if (known(event)) return [keyOf(event), event];
    const others = {
      ...event,
      procedure: '',
      verb: '',
      objectKind: '',
      objectId: '',
      objectName: '',
      detail: '',
    };
    const crowded = (this.#ofAddress.get(event.address) ?? 0) >= MOST_OF_ADDRESS;
    const few = crowded ? { ...others, reason: 'audit.others' } : event;
    if (known(few) || this.#open.size < MOST) return [keyOf(few), few];
    const anywhere = {
      ...others,
      reason: 'audit.others',
      outcome: 'FORBIDDEN',
      address: '',
      personId: '',
      personName: '',
    };
    return [keyOf(anywhere), anywhere];
  }

  #forget(key: string, address: string): void {
    this.#open.delete(key);
    const left = (this.#ofAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#ofAddress.set(address, left);
    else this.#ofAddress.delete(address);
  }
}
