import { describe, it } from 'vitest';
import { openMongo } from '../../server/storage/mongo/mongo.ts';
import { startMongo, whyNoMongo } from '../support/mongo-server.ts';
import { mongoSpoiler } from '../support/spoiler.ts';
import { storageSuite } from './storage-suite.ts';

const why = await whyNoMongo();
if (why) {
  console.warn(why);
  describe.skip(`MongoDB keeps the storage contract (${why})`, () => {
    it('all rules', () => undefined);
  });
} else {
  storageSuite('MongoDB', async () => {
    const server = await startMongo();
    if (!server) throw new Error('no server');
    return {
      open: () => openMongo(server.url),
      spoil: mongoSpoiler(server.url),
      stop: () => server.stop(),
    };
  });
}
