import { z } from 'zod';
import { isError } from '../../../shared/errors.ts';
import { Time } from '../../../shared/fields.ts';
import type { RecordStore } from '../../storage/port.ts';
import type { Head } from './chain.ts';
import { auditHeads } from './collections.ts';

/** A line of the second place: how far a chain was stored then, or that a backup was put in the place of the data. */
export const HeadLine = z.object({
  at: Time,
  chain: z.string(),
  length: z.number().int(),
  hash: z.string(),
});
export type HeadLine = z.infer<typeof HeadLine>;
export const RestoreLine = z.object({ at: Time, restored: z.string() });
export type RestoreLine = z.infer<typeof RestoreLine>;

/** What the lines of the second place say; a line of neither kind is of a newer program. */
export function readEvidence(lines: readonly unknown[]): { heads: HeadLine[]; restores: RestoreLine[] } {
  const of = <T>(shape: z.ZodType<T>) =>
    lines.flatMap((line) => {
      const read = shape.safeParse(line);
      return read.success ? [read.data] : [];
    });
  return { heads: of(HeadLine), restores: of(RestoreLine) };
}

export interface HeadsParts {
  records: RecordStore;
  now: () => number;
  head(): Head;
  /** Adds a line to the second place. */
  append(line: HeadLine): Promise<void>;
}

/** Says in the second place how far the chain is stored, whenever it has grown; what is said is stored already, so it is never too much. */
export function createHeads({ records, now, head, append }: HeadsParts): () => Promise<void> {
  let told = 0;

  async function put({ chain: id, ...rest }: HeadLine): Promise<void> {
    const known = await records.get(auditHeads, id);
    if (known) await records.replace(auditHeads, { ...known, ...rest });
    else await records.insert(auditHeads, { id, ...rest });
  }

  return async () => {
    const { chain, length, hash } = head();
    if (length === told) return;
    const line = { at: new Date(now()).toISOString(), chain, length, hash };
    await append(line);
    await put(line).catch((error: unknown) => {
      if (!isError(error, 'CONFLICT')) throw error;
    });
    told = length;
  };
}
