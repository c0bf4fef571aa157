import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Hocuspocus 3 or 4 (`node hocuspocus.mjs 3`), stored in SQLite as its own SQLite extension does it (the same table, SQLite's
 * defaults), at the default debounce: 2 s after the last edit, 10 s at most. FLUSH_DELAY (ms, version 4) gathers what goes out.
 */
const version = process.argv[2];
const { Server } = await import(`hocuspocus-${version}`);
const { Database } = await import(`hocuspocus-database-${version}`);

const db = new DatabaseSync(join(process.env.DATA_DIR, 'documents.sqlite'));
db.exec(
  'CREATE TABLE IF NOT EXISTS documents (name varchar(255) NOT NULL, data blob NOT NULL, UNIQUE(name))',
);
const read = db.prepare('SELECT data FROM documents WHERE name = ?');
const write = db.prepare(
  'INSERT INTO documents (name, data) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET data = excluded.data',
);

const flushDelay = process.env.FLUSH_DELAY;
const server = new Server({
  port: Number(process.env.PORT),
  address: '127.0.0.1',
  quiet: true,
  ...(flushDelay === undefined ? {} : { flushDelay: Number(flushDelay) }),
  extensions: [
    new Database({
      fetch: async ({ documentName }) => read.get(documentName)?.data ?? null,
      store: async ({ documentName, state }) => {
        write.run(documentName, state);
      },
    }),
  ],
  // Somebody who brings no token is not let in: the least check that a real installation makes.
  onAuthenticate: async ({ token }) => {
    if (!token) throw new Error('no token');
  },
});
await server.listen();
console.log('listening');
