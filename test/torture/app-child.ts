import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { DocSocket } from '../../server/platform/doc-socket.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { startServer } from '../support/server.ts';
import type { Figures, Question } from './app-process.ts';

// A whole server in a process of its own that can be asked what it holds: `app-process.ts` is its other end.
const [folder = '.', plant = ''] = process.argv.slice(2);
const storage = await openSqlite(join(folder, 'poli.db'));
const { app, url } = await startServer({
  storage,
  // R7 and R8 come with more sockets than one person may have.
  limits: { documentsOfPerson: 5_000, linesOfPerson: 1_000, enginesOfPerson: 2_000 },
});
/** With how much waits for each. */
const sockets = new Map<DocSocket, () => number>();
const delay = monitorEventLoopDelay({ resolution: 2 });
delay.enable();
let queued = 0;
const kept: unknown[] = [];

const { connect } = app.documents;
app.documents.connect = (socket, doc, who) => {
  const { get } = Object.getOwnPropertyDescriptor(socket, 'bufferedAmount') ?? {};
  sockets.set(socket, () => Number(get ? get.call(socket) : socket.bufferedAmount));
  socket.onClose(() => sockets.delete(socket));
  if (plant === 'a queue without a bound') Object.defineProperty(socket, 'bufferedAmount', { value: 0 });
  if (plant === 'a name that is kept') kept.push({ doc, bytes: new Uint8Array(20_000).fill(1) });
  connect(socket, doc, who);
};
setInterval(() => {
  for (const waiting of sockets.values()) queued = Math.max(queued, waiting());
}, 10);

function figures(): Figures {
  globalThis.gc?.();
  const { documents, sockets: open, unstoredBytes, refused, unreadable } = app.documents.counts();
  const told = {
    ...{ documents, sockets: open, unstoredBytes, refused, unreadable },
    rss: process.memoryUsage.rss(),
    queued,
    loopMax: delay.max / 1e6,
    loopP99: delay.percentile(99) / 1e6,
  };
  queued = 0;
  delay.reset();
  return told;
}

function stall(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

process.on('message', (question: Question) => {
  if (typeof question === 'object') return stall(question.stall);
  if (question === 'figures') process.send?.({ figures: figures() });
  else void app.identity.adminLink(url).then((link) => process.send?.({ link: link.url }));
});
process.send?.({ url });
