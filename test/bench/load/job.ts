import type { Dialect } from './dialect.ts';

/** The server that the load goes to. */
export interface Target {
  /** As it is called in the tables. */
  name: string;
  pid: number;
  port: number;
  dialect: Dialect;
  /** What stands before the document's name in the address. */
  path: string;
  /** Cookies of different people; the n-th client is the n-th of them, over and over. Empty where nobody is asked. */
  cookies: string[];
  /** Documents that may be opened, in order. */
  docs: string[];
  /** Sessions in which may be spoken (F9). */
  sessionId: string;
}

export interface Times {
  warmMs: number;
  windowMs: number;
}

/** Rooms in which people type at a steady pace. */
export interface FanoutJob extends Times {
  kind: 'fanout';
  rooms: number;
  clients: number;
  writers: number;
  /** Of each writer. */
  editsPerSecond: number;
  cursors: boolean;
  /** How long is waited in the end for what is still on its way. */
  drainMs: number;
}

/** One room in which the pace rises until it is too much. */
export interface RisingJob extends Times {
  kind: 'rising';
  clients: number;
  writers: number;
  /** Edits a second, all together, to begin with. */
  from: number;
  limitMs: number;
}

/** Many come to one large document at once. */
export interface JoinJob {
  kind: 'join';
  clients: number;
  bytes: number;
}

/** Documents are brought, to be there after a restart. */
export interface FillJob {
  kind: 'fill';
  documents: number;
  bytes: number;
  settleMs: number;
}

/** Many open documents; then more are opened and closed. */
export interface DocsJob {
  kind: 'docs';
  documents: number;
  /** How many of them are opened before the counting begins: the first make a process grow into its size. */
  warm: number;
  bytes: number;
  cycles: number;
  settleMs: number;
}

/** Many connections at which nothing happens. */
export interface IdleJob {
  kind: 'idle';
  clients: number;
  settleMs: number;
}

/** A meeting in which is spoken. */
export interface MessagesJob extends Times {
  kind: 'messages';
  listeners: number;
  speakers: number;
  messagesPerSecond: number;
}

export type Job = FanoutJob | RisingJob | JoinJob | FillJob | DocsJob | IdleJob | MessagesJob;

/** Figures by name; what went wrong in words (then the row does not count). */
export interface Outcome {
  figures: Record<string, number>;
  faults: string[];
}
