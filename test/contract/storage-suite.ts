import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Storage } from '../../server/storage/port.ts';
import type { Spoiler } from '../support/spoiler.ts';
import { agesSuite } from './ages-suite.ts';
import { bytesSuite } from './bytes-suite.ts';
import { damageSuite } from './damage-suite.ts';
import { lookupsSuite } from './lookups-suite.ts';
import { recordsSuite } from './records-suite.ts';
import { shapesSuite } from './shapes-suite.ts';
import { transferSuite } from './transfer-suite.ts';

/** Where an engine keeps its data: can be opened again and again. */
export interface Ground {
  open(): Promise<Storage>;
  /** A hand on the same data, past the storage. */
  spoil: Spoiler;
  stop(): Promise<void>;
}
/** The storage under test; `reopen` closes it and opens the same data. */
export interface Place {
  storage: Storage;
  spoil: Spoiler;
  reopen(): Promise<void>;
}

/** The rules of server/storage/CONTRACT.md, for any engine. */
export function storageSuite(engine: string, prepare: () => Promise<Ground>): void {
  describe(`${engine} keeps the storage contract`, () => {
    let ground: Ground;
    let place: Place;
    beforeAll(async () => {
      ground = await prepare();
      place = {
        storage: await ground.open(),
        spoil: ground.spoil,
        async reopen() {
          await place.storage.close();
          place.storage = await ground.open();
        },
      };
    }, 300_000);
    afterAll(async () => {
      await place?.storage.close();
      await ground?.stop();
    });

    recordsSuite(() => place);
    lookupsSuite(() => place);
    shapesSuite(() => place);
    bytesSuite(() => place);
    transferSuite(() => place);
    agesSuite(() => place);
    damageSuite(() => place);

    it('R50 an open storage answers, a closed one is UNAVAILABLE', async () => {
      await place.storage.ping();
      const { storage } = place;
      await storage.close();
      await storage.close();
      await expect(storage.ping()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await expect(storage.updates.load('x')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await expect(storage.blobs.put('x', new Uint8Array(1))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      place.storage = await ground.open();
      await place.storage.ping();
    });
  });
}
