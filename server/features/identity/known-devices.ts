import { isError } from '../../../shared/errors.ts';
import { digest } from '../../platform/secrets.ts';
import type { RecordStore } from '../../storage/port.ts';
import { type KnownDeviceRecord, knownDevices } from './collections.ts';
import { iso } from './rules.ts';

/** What is kept of a browser: the digest of its own random id; '' for one that has none yet. */
export const deviceMark = (device: string): string => (device === '' ? '' : digest(`device ${device}`));

const idOf = (personId: string, mark: string) => `${personId}.${mark}`;

/** Which browsers have been which person, after their token is gone as well: a phone that has been somebody may be so again. */
export function createKnownDevices({ records, now }: { records: RecordStore; now: () => number }) {
  const find = (personId: string, mark: string) =>
    mark === '' ? Promise.resolve(undefined) : records.get(knownDevices, idOf(personId, mark));

  async function write(
    known: KnownDeviceRecord | undefined,
    personId: string,
    mark: string,
    vouched: boolean,
  ) {
    if (known) return void (await records.replace(knownDevices, { ...known, vouched }));
    await records.insert(knownDevices, { id: idOf(personId, mark), personId, vouched, at: iso(now()) });
  }

  return {
    /** `vouched`: that device has once proven who it is, or somebody who may has let it in under this name. */
    async of(personId: string, device: string): Promise<{ vouched: boolean } | undefined> {
      return find(personId, deviceMark(device));
    },
    async remember(personId: string, device: string, vouched: boolean): Promise<void> {
      const mark = deviceMark(device);
      const known = await find(personId, mark);
      if (mark === '' || (known && (known.vouched || !vouched))) return;
      // Two calls of one browser at once: the other one has written.
      await write(known, personId, mark, vouched).catch((error: unknown) => {
        if (!isError(error, 'CONFLICT') && !isError(error, 'NOT_FOUND')) throw error;
      });
    },
    async forget(personId: string, mark: string): Promise<void> {
      if (mark !== '') await records.remove(knownDevices, idOf(personId, mark));
    },
  };
}
export type KnownDevices = ReturnType<typeof createKnownDevices>;
