import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isError } from '../../../shared/errors.ts';
import { newSecret } from '../../platform/secrets.ts';
import { defineCollection } from '../../storage/collection.ts';
import type { RecordStore } from '../../storage/port.ts';

/**
 * What makes this installation another than its neighbour on the same host. `name` stands in the names of its cookies; `key` signs the
 * ids that browsers get, so that made-up ones are told apart. It opens nothing: whoever has it can be a new browser as often as they like.
 */
export const InstallationRecord = z.object({
  id: z.literal('installation'),
  version: z.number().int(),
  name: z.string(),
  key: z.string(),
});
export type InstallationRecord = z.infer<typeof InstallationRecord>;
export const installations = defineCollection('installation', InstallationRecord);

/** The one record, made at the first start. Backups hold it, so that a restored installation knows its browsers. */
export async function openInstallation(records: RecordStore): Promise<{ id: string; key: string }> {
  for (;;) {
    const known = await records.get(installations, 'installation');
    if (known) return { id: known.name, key: known.key };
    const draft = { id: 'installation' as const, name: randomBytes(4).toString('hex'), key: newSecret() };
    try {
      await records.insert(installations, draft);
    } catch (error) {
      if (!isError(error, 'CONFLICT')) throw error;
    }
  }
}
