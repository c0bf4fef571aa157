import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { startCollab } from './collab-server.ts';

// A document server in a process of its own, to be killed. Its only word is its port.
const storage = await openSqlite(process.argv[2] ?? '');
const server = await startCollab(storage.updates);
console.log(server.port);
