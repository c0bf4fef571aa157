import type { Server } from 'node:http';
import type { Documents } from './collab/documents.ts';
import type { Session } from './features/session/session.ts';
import { doneWithin } from './platform/bounded.ts';
import type { Log } from './platform/log.ts';

const LAST_ANSWERS_MS = 2000;
/** PROMISES R9: a healthy server is gone within 10 s; a database that hangs may come back for so long (30 s for all of it, main.ts). */
const FLUSH_MS = 14_000;
const END_MS = 5_000;

interface Closing {
  session: Pick<Session, 'settled' | 'unstored'>;
  documents: Pick<Documents, 'drain' | 'unstored'>;
  log: Log;
  http: Server;
  io: { close(): Promise<void> };
  stopUpgrades(): void;
  /** What is to be done when nobody is connected any more. */
  last(): Promise<void>;
}

/** One line for each document and room of which something is not stored. */
async function tellUnstored({ session, documents, log }: Closing): Promise<void> {
  for (const each of [...(await documents.unstored()), ...session.unstored()])
    log.error(each, 'not stored when the server stopped: nobody was told otherwise, its authors keep it');
}

/** Flushes, tells sockets to move, ends. False when the database did not take everything in time. */
export async function closeInOrder(parts: Closing): Promise<boolean> {
  const { session, documents, http, io, stopUpgrades, last } = parts;
  const flush = async () => {
    await session.settled();
    await documents.drain();
  };
  const flushed = await doneWithin(FLUSH_MS, flush());
  if (!flushed) await tellUnstored(parts);
  stopUpgrades();
  // A request half sent would hold the server open for a minute; what was answered is durable already.
  const cut = setTimeout(() => http.closeAllConnections(), LAST_ANSWERS_MS);
  await io.close();
  clearTimeout(cut);
  const ended = await doneWithin(flushed ? FLUSH_MS : END_MS, last());
  return flushed && ended;
}
