/** First byte of every frame on `/collab/…`: the y-websocket protocol, and 4 which is ours. */
export const FRAME = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, durable: 4 } as const;
/** Second byte of a sync frame. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

/** The largest single update; an editor refuses a bigger paste before it becomes one. */
export const MAX_UPDATE_BYTES = 1_000_000;
/** The largest answer to a step 1: it sums up everything written while the line was cut. */
export const MAX_ANSWER_BYTES = 1_900_000;

/**
 * What a document may hold: bytes of its encoded state without what was deleted, as they are sent to who opens it (what came since that was last
 * put together counts as it came). Beyond it nothing is inserted; deletions are always taken.
 */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Reason in an auth frame: the socket may go on reading, what it writes is dropped. */
export const READ_ONLY = 'read-only';
/** The same: some of its words hang on what others have not brought back yet. The next step 1 takes it back. */
export const WAITS = 'waits';
/** The same: what it inserts was not taken, because the document is full. It is asked again when there is room. */
export const FULL = 'full';

/**
 * Live documents where WebSocket is blocked: a Socket.IO namespace, several documents on one line. Client: `open (channel,
 * document, version)`, `read (frames read on this line so far)`. Server: `opened (channel)`. Both: `frame (channel, bytes)`,
 * `close (channel, code, reason)`.
 */
export const CARRIER = {
  namespace: '/collab',
  open: 'doc:open',
  opened: 'doc:opened',
  frame: 'doc:frame',
  read: 'doc:read',
  close: 'doc:close',
} as const;
