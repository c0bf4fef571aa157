import { setTimeout as wait } from 'node:timers/promises';
import type { AuditTrail } from '../../platform/audit-trail.ts';
import type { RecordStore } from '../../storage/port.ts';
import { Chain } from './chain.ts';
import { createHeads, type HeadLine } from './heads.ts';
import { Tally } from './tally.ts';

/** For so long the end waits for a storage that does not answer. */
const LAST_MS = 5000;

export interface TrailParts {
  records: RecordStore;
  now: () => number;
  log: { error(facts: object, message: string): void };
  /** Adds a line to the second place; absent where there is none. */
  noteHead?: ((line: HeadLine) => Promise<void>) | undefined;
}

export interface Trail extends AuditTrail {
  /** To be called every minute: rows for what was only counted, and the head of the chain into the second place. */
  minute(): Promise<void>;
  /** Stores what waits and notes the last head; gives up after 5 s. */
  close(): Promise<void>;
}

/** The audit of one process: its chain, what it counts, and the second place of its head. */
export function createTrail({ records, now, log, noteHead }: TrailParts): Trail {
  const chain = new Chain(records, now);
  const tally = new Tally((event) => chain.append(event), now);
  const heads = createHeads({
    records,
    now,
    head: () => chain.head,
    append: noteHead ?? (async () => undefined),
  });

  async function end(): Promise<void> {
    await tally.sweep(true).catch(() => undefined);
    await chain.settled();
    await heads();
  }

  return {
    record: (event) => chain.append(event),
    refused: (event) =>
      tally
        .count(event)
        .catch((error: unknown) => log.error({ err: error }, 'a failed attempt could not be audited yet')),
    async minute() {
      await tally.sweep();
      await heads();
    },
    close: () =>
      Promise.race([end(), wait(LAST_MS, undefined, { ref: false })]).catch((error: unknown) =>
        log.error({ err: error }, 'the end of the audit could not be stored'),
      ),
  };
}
