import { z } from 'zod';
import { isError } from '../../../shared/errors.ts';
import { Time } from '../../../shared/fields.ts';
import type { Log } from '../../platform/log.ts';
import { digest } from '../../platform/secrets.ts';
import { defineCollection } from '../../storage/collection.ts';
import type { RecordStore } from '../../storage/port.ts';
import { iso } from './rules.ts';

/** All counters in one record, so that a second of guessing is one write. Keys are digests: no address and no login is kept. */
export const WrongTriesRecord = z.object({
  id: z.literal('all'),
  version: z.number().int(),
  counters: z.array(z.object({ key: z.string(), count: z.number().int(), until: Time })),
});
export type WrongTriesRecord = z.infer<typeof WrongTriesRecord>;
export const wrongTries = defineCollection('wrong_tries', WrongTriesRecord);

export interface WrongTries {
  /** Resolves when what was counted before a restart is known. */
  ready(): Promise<unknown>;
  of(key: string): number;
  add(key: string): void;
  /** Resolves when everything counted is stored. */
  settled(): Promise<void>;
}

interface Counter {
  count: number;
  /** Milliseconds since 1970. */
  until: number;
}

/** Who was counted longest ago is forgotten first. */
const MOST_IN_MEMORY = 20_000;
/** 2,000 counters are 150 KB. */
const MOST_STORED = 2_000;
const STORE_AFTER_MS = 2_000;

export interface WrongTriesParts {
  /** Length of a counter's window. */
  seconds: number;
  now(): number;
  /** Where counters outlive a restart; without it they do not. */
  store?: { records: RecordStore; log: Log } | undefined;
}

/** How often something has failed of late. Only failures are counted, and only they are written: together, two seconds later. */
export function createWrongTries({ seconds, now, store }: WrongTriesParts): WrongTries {
  const counters = new Map<string, Counter>();
  let loading: Promise<unknown> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<unknown> = Promise.resolve();

  const stands = ({ until }: Counter) => until > now() && until <= now() + seconds * 1000;

  function count(digested: string): number {
    const counter = counters.get(digested);
    return counter && stands(counter) ? counter.count : 0;
  }

  async function load(records: RecordStore): Promise<void> {
    const stored = await records.get(wrongTries, 'all');
    for (const { key, count: before, until } of stored?.counters ?? []) {
      const counter = { count: before + count(key), until: Date.parse(until) };
      if (stands(counter)) counters.set(key, counter);
    }
  }

  async function write({ records, log }: NonNullable<typeof store>): Promise<void> {
    const live = [...counters].filter(([, counter]) => stands(counter)).slice(-MOST_STORED);
    const list = live.map(([key, counter]) => ({ key, count: counter.count, until: iso(counter.until) }));
    try {
      const known = await records.get(wrongTries, 'all');
      if (known) await records.replace(wrongTries, { ...known, counters: list });
      else await records.insert(wrongTries, { id: 'all', counters: list });
    } catch (error) {
      // Another write of the same was faster, or the database is away: the next failure writes again.
      if (!isError(error, 'CONFLICT')) log.warn({ err: error }, 'wrong tries could not be stored');
    }
  }

  function flush(): Promise<unknown> {
    clearTimeout(timer);
    const due = timer !== undefined;
    timer = undefined;
    if (due && store) writing = writing.then(() => write(store));
    return writing;
  }

  return {
    ready: () =>
      (loading ??= (store ? load(store.records) : Promise.resolve()).catch((error: unknown) => {
        loading = undefined;
        throw error;
      })),
    of: (key) => count(digest(key)),
    add(key) {
      const digested = digest(key);
      const before = count(digested);
      const until = before > 0 ? counters.get(digested)!.until : now() + seconds * 1000;
      counters.delete(digested);
      counters.set(digested, { count: before + 1, until });
      if (counters.size > MOST_IN_MEMORY) counters.delete(counters.keys().next().value!);
      if (store) timer ??= setTimeout(() => void flush(), STORE_AFTER_MS).unref();
    },
    async settled() {
      await flush();
    },
  };
}
