import { performance } from 'node:perf_hooks';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { startCollab } from './collab-server.ts';

// A document server in a process of its own, to be killed. Its first word is its port; asked anything, it answers how busy it was since.
const storage = await openSqlite(process.argv[2] ?? '');
const server = await startCollab(storage.updates);
console.log(server.port);
let before = performance.eventLoopUtilization();
process.on('message', () => {
  const { utilization } = performance.eventLoopUtilization(before);
  before = performance.eventLoopUtilization();
  process.send?.({ utilization, rss: process.memoryUsage.rss(), counts: server.documents.counts() });
});
