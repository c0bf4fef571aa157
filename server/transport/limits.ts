import { type Limits, OF_A_PERSON, OF_A_SOCKET, scaled } from '../platform/allowance.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Someone who has not come in has a tenth. */
const A_TENTH = 0.1;

/**
 * All sockets and requests of nobody from one address. A hall of 500 phones that scan one code are one address: 15 requests each
 * within some seconds, and none of them a large one.
 */
const OF_AN_ADDRESS: Limits = {
  frames: { perSecond: 1_000, burst: 10_000 },
  bytes: { perSecond: 4 * MIB, burst: 16 * MIB },
  cpuMs: { perSecond: 250, burst: 2_500 },
  waiting: { frames: 2_000, bytes: 4 * MIB },
};

/** One line of a meeting, or of documents without WebSocket. A page sends some calls and at most fifty small frames a second. */
const OF_A_LINE: Limits = { ...OF_A_SOCKET, frames: { perSecond: 300, burst: 2_000 } };

/** What the network side lets through. Times in ms, sizes in bytes; tests take shorter times. */
export const LIMITS = {
  line: OF_A_LINE,
  lineOfNobody: scaled(OF_A_LINE, A_TENTH),
  person: OF_A_PERSON,
  address: OF_AN_ADDRESS,

  /** Until the head of a request is there. */
  headMs: 10_000,
  /** Until a body of nobody is there, and until there is any progress in a body of somebody. */
  bodyMs: 30_000,
  /** A phone on the worst network brings more than that in `bodyMs`; what brings less is no upload. */
  bodyProgress: 16 * KIB,
  /** No body may take longer, however it progresses: 10 MB at 17 KB/s. */
  bodyMostMs: 600_000,
  /** Until a socket has said who it is and what it is for. */
  comeInMs: 10_000,
  /** A request of somebody who has spent too much waits at most that long, then it is told to come again. */
  requestWaitMs: 2_000,

  /** A sign-in is two short fields. */
  signInBody: 4 * KIB,
  /** Every other route that needs no identity. */
  openBody: 64 * KIB,
  /** Above the largest text a form may hold, so that a big paste gets the field's own answer. */
  jsonBody: 4 * MIB,
  /**
   * The largest message of a line. Above every text limit: with the default of 1 MB a big paste would close the connection and
   * reconnect for ever. Two million Chinese characters are 6 MB.
   */
  frame: 8 * MIB,
  /** What somebody without an identity has to say is short. */
  frameOfNobody: 16 * KIB,

  /** Received and not yet whole: a person may hold two of the largest messages. */
  flight: { each: 16 * MIB, all: 96 * MIB },
  /** The same for all of nobody from one address: 32 bodies of the open routes. */
  flightOfNobody: 2 * MIB,

  /** Requests on one connection that wait for an answer: browsers send one at a time, a proxy too. */
  pipelined: 32,
  /** Engine.IO connections of one person: a page has two of them at most. */
  enginesOfPerson: 100,
  /** The same of nobody: one address, and all together. Nobody has a use for one. */
  enginesOfAddress: 100,
  enginesOfNobody: 1_000,
  /** Lines of meetings of one person: three devices with eight pages each. */
  linesOfPerson: 24,
  /** Open documents of one person: a list and a draft in each page, with room for what is being closed. */
  documentsOfPerson: 96,
  /** Unknown events and other nonsense on one line, until it is cut. */
  nonsense: 20,
};

export type TransportLimits = typeof LIMITS;
