import type * as Y from 'yjs';
import { AppError, CLOSE_DAMAGED, isDamaged } from '../../shared/errors.ts';
import type { DocSocket, Reader } from '../platform/doc-socket.ts';
import { Tick } from '../platform/tick.ts';
import type { UpdateLog } from '../storage/port.ts';
import { Allowances } from '../platform/allowance.ts';
import { Connection, type Counts } from './connection.ts';
import { type DocLog, Journal } from './journal.ts';
import type { LiveDoc } from './live-doc.ts';
import { LiveDocs } from './live-docs.ts';
import { Outbox } from './outbox.ts';
import { Pipeline } from './pipeline.ts';

/** The live documents of this process, for features and for transport. */
export interface Documents {
  /**
   * A socket arrives. Rights are asked before anything is loaded; a refusal closes with 4401, 4403 or 4404, a failed load
   * with 4503, a damaged document with 4422. What the socket says meanwhile is kept.
   */
  connect(socket: DocSocket, doc: string, who: Reader): void;
  /** Looks at what is durable. `look` must not change the document and must not keep it. UNAVAILABLE when it cannot be loaded. */
  read<T>(doc: string, look: (doc: Y.Doc) => T): Promise<T>;
  /**
   * Changes the document on the server, under a fresh client id; resolves when durable and shown to everybody. `edit` is given
   * a copy that it must not keep, runs once, and sees all that was told before; if it changes nothing, nothing is written.
   * Never give it whole initial contents: two such edits at once would make them twice. Rejects with what `edit` throws.
   */
  change<T>(doc: string, edit: (doc: Y.Doc) => T): Promise<T>;
  /** Bytes of it, as counted for `MAX_DOCUMENT_BYTES`; of one that is not open, as its rows are stored. UNAVAILABLE when it cannot be loaded, 0 when it is damaged. */
  size(doc: string): Promise<number>;
  /** From now on hears of each document of which a change has become durable, once a commit. Must be quick and never throw. */
  watch(told: (doc: string) => void): void;
  /** Rights have changed: everybody who matches is asked again and stays, is made a reader, or is sent away. */
  recheck(match: (who: Reader, doc: string) => boolean): Promise<void>;
  counts(): Counts & { documents: number; sockets: number; unstoredBytes: number };
  /** Updates that were taken from their authors and are not durable: after a drain in vain, what is not stored. */
  unstored(): Promise<{ doc: string; updates: number }[]>;
  /** Takes nobody in any more, makes everything durable, then sends all sockets away (they come back elsewhere). */
  drain(): Promise<void>;
  /** Stops at once. What is not stored yet stays with its authors. */
  close(): Promise<void>;
}

/** So long a stopping process may take to put deleted text out of the stored rows. */
const CLEAN_MS = 2_000;

/** Waits for nothing: documents are loaded when somebody comes. */
export function createDocuments(parts: {
  updates: UpdateLog;
  log: DocLog;
  tick?: Tick;
  /** Hears of each frame that breaks a rule. */
  onRefused?: (who: Reader, why: string) => void;
}): Documents {
  const { log, tick = new Tick() } = parts;
  const journal = new Journal(parts.updates, log);
  const outbox = new Outbox();
  const watchers: ((doc: string) => void)[] = [];
  const stored = (doc: string): void => {
    for (const told of watchers) told(doc);
  };
  const pipeline = new Pipeline(tick, journal, outbox, stored);
  const lives = new LiveDocs({ journal, pipeline, log });
  const sockets = new Map<Connection, string>();
  const allowances = new Allowances();
  const counts: Counts = { refused: 0, parted: 0, unreadable: 0, readersWrote: 0 };
  const told = parts.onRefused ?? (() => undefined);
  let draining = false;

  async function arrive(connection: Connection, doc: string, loaded: (live: LiveDoc) => void): Promise<void> {
    if (draining) return connection.close(4503, 'closing');
    if (!(await connection.authorize())) return;
    let live: LiveDoc;
    try {
      live = await lives.use(doc);
    } catch (error) {
      log.error({ doc, err: error }, 'a document could not be loaded');
      if (isDamaged(error)) return connection.close(CLOSE_DAMAGED, 'damaged');
      return connection.close(4503, 'not loaded');
    }
    if (connection.closed) return lives.release(live);
    loaded(live);
    connection.attach(live);
  }

  function unloaded(doc: string, error: unknown): never {
    log.error({ doc, err: error }, 'a document could not be loaded');
    if (isDamaged(error)) throw error;
    throw new AppError('UNAVAILABLE', 'document.load');
  }

  async function using<T>(doc: string, task: (live: LiveDoc) => T | Promise<T>): Promise<T> {
    const live = await lives.use(doc).catch((error: unknown) => unloaded(doc, error));
    try {
      return await task(live);
    } finally {
      lives.release(live);
    }
  }

  function sendAway(reason: string): void {
    for (const connection of [...sockets.keys()]) connection.close(4503, reason);
  }

  return {
    connect(socket, doc, who) {
      let used: LiveDoc | undefined;
      const allowance = allowances.open(who.personId, performance.now());
      const connection = new Connection(socket, who, { journal, outbox, counts, allowance, told }, () => {
        sockets.delete(connection);
        allowances.close(who.personId, performance.now());
        if (used) lives.release(used);
      });
      sockets.set(connection, doc);
      void arrive(connection, doc, (live) => {
        used = live;
      });
    },
    size: (doc) => lives.sizeOf(doc).catch((error: unknown) => (isDamaged(error) ? 0 : unloaded(doc, error))),
    read: (doc, look) => using(doc, (live) => look(live.look())),
    change: (doc, edit) => using(doc, (live) => live.change(edit)),
    watch: (told) => void watchers.push(told),
    async recheck(match) {
      const affected = [...sockets].filter(([connection, doc]) => match(connection.who, doc));
      await Promise.all(affected.map(([connection]) => connection.authorize()));
    },
    counts: () => ({
      ...counts,
      documents: lives.size,
      sockets: sockets.size,
      unstoredBytes: journal.unstored,
    }),
    unstored: () => lives.unstored(),
    async drain() {
      draining = true;
      await lives.flushed();
      sendAway('closing');
      await lives.cleaned(CLEAN_MS);
    },
    async close() {
      draining = true;
      journal.close();
      sendAway('closing');
      pipeline.hurry();
      await lives.flushed();
      await lives.close();
    },
  };
}
