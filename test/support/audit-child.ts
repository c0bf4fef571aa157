import { join } from 'node:path';
import { createTrail } from '../../server/features/admin/trail.ts';
import { NO_EVENT } from '../../server/platform/audit-trail.ts';
import { noteIn } from '../../server/platform/heads-file.ts';
import { createLog } from '../../server/platform/log.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';

// Writes audit rows until it is killed; says the name of each that it was told is stored. Its head is noted all the time.
const [dataDir = '.', life = ''] = process.argv.slice(2);
const { records } = await openSqlite(join(dataDir, 'poli.db'));
const trail = createTrail({
  records,
  now: Date.now,
  log: createLog('silent'),
  noteHead: noteIn({ dataDir }),
});

async function write(writer: number): Promise<never> {
  for (let n = 0; ; n++) {
    const objectName = `${life}-${writer}-${n}`;
    await trail.record({ ...NO_EVENT, procedure: 'campaigns.edit', objectName });
    console.log(objectName);
  }
}
async function note(): Promise<never> {
  for (;;) {
    await trail.minute();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
await Promise.all([note(), ...Array.from({ length: 8 }, (_, writer) => write(writer))]);
