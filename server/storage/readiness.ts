import { z } from 'zod';
import { defineCollection } from './collection.ts';
import type { Storage } from './port.ts';

const Probe = z.object({ id: z.string(), version: z.number().int() });
/** One record, written again and again: what is ready can write. */
export const probes = defineCollection('probes', Probe);

/** An answer counts for so long, so that nobody can make the server write by asking. */
const FRESH_MS = 1_000;
/** An orchestrator that waits longer takes silence for death. */
const PATIENCE_MS = 800;

/**
 * Asks whether the storage can write, and answers within a second whatever hangs: false when the disk is full, the file read-only or
 * locked, the primary away, and while no answer comes. One question is under way at a time.
 */
export function createReadiness({ transfer }: Pick<Storage, 'transfer'>): () => Promise<boolean> {
  let asked = Number.NEGATIVE_INFINITY;
  let settled = true;
  let answer: Promise<boolean> = Promise.resolve(false);

  function ask(): void {
    asked = performance.now();
    settled = false;
    answer = transfer.restore(probes, [{ id: 'ready', version: 1 }]).then(
      () => true,
      () => false,
    );
    void answer.then(() => {
      settled = true;
    });
  }

  return async () => {
    if (settled && performance.now() - asked > FRESH_MS) ask();
    const late = new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref());
    return Promise.race([answer, late]);
  };
}
