import type { Column, Goal, Plan } from '../plan.ts';
import {
  classic,
  hocuspocus3,
  hocuspocus4,
  hocuspocus4tuned,
  ours,
  oursQuick,
  relay,
  socketIo,
  websocketServer,
} from './variants.ts';

const beats = (against: string, key: string, value: number, less: boolean, who = ours.label): Goal => ({
  ours: who,
  against,
  key,
  value,
  less,
});
const atMost = (key: string, value: number, who = ours.label): Goal => ({
  ours: who,
  against: '',
  key,
  value,
  less: true,
});
const P50: Column = { key: 'p50', heading: 'p50 ms', digits: 1, quiet: true };
const P99: Column = { key: 'p99', heading: 'p99 ms', digits: 1, quiet: true };
const SERVER: Column = { key: 'serverCpu', heading: 'server cores', digits: 2 };
const LOAD: Column = { key: 'loadCpu', heading: 'load cores', digits: 2 };
/** Garbage is collected on request, by the same means in every server. */
const GC = ['--expose-gc', '--import', './test/bench/gc.mjs'];

const risingJob = { kind: 'rising' as const, clients: 300, writers: 100, from: 320, limitMs: 100 };
const rising: Plan = {
  id: 'F4',
  title: '300 clients, 100 of them writing, rising load: the highest pace with p99 < 100 ms and nothing lost',
  load: 'rising load',
  job: { ...risingJob, warmMs: 1_500, windowMs: 4_000 },
  quickJob: { ...risingJob, warmMs: 1_000, windowMs: 2_000 },
  needs: { documents: 48, people: 120, meeting: false },
  variants: [ours, hocuspocus3, hocuspocus4, hocuspocus4tuned, websocketServer, classic, relay],
  columns: [
    { key: 'highest', heading: 'edits/s', digits: 0, quiet: true },
    P99,
    SERVER,
    LOAD,
    { key: 'loadBound', heading: 'the load was the limit', digits: 0 },
  ],
  compared: 'highest',
  less: false,
  goals: [
    beats(hocuspocus3.label, 'highest', 25, false),
    beats(hocuspocus4.label, 'highest', 4, false),
    atMost('p99', 100),
  ],
  notes: [
    'The pace doubles from 320 edits/s until two in a row are too much (p99 of 100 ms or more, less than 97 % arrived in the window, or something lost or wrong, each tried twice), then the gap above the highest good one is halved three times. Each pace has a document of its own. 1 in "the load was the limit" says that the process that makes the load was itself near one core at the pace that failed: the server may be able to do more.',
  ],
};

const joinJob = { kind: 'join' as const, clients: 200, bytes: 900_000 };
const join: Plan = {
  id: 'F6',
  title: '200 clients join a 0.9 MB document at once',
  load: 'joining',
  job: joinJob,
  quickJob: joinJob,
  needs: { documents: 1, people: 60, meeting: false },
  variants: [ours, hocuspocus3, hocuspocus4, hocuspocus4tuned, websocketServer, classic],
  columns: [
    { key: 'cpuPerJoin', heading: 'server CPU ms per join', digits: 2 },
    { key: 'wall', heading: 'all have it after s', digits: 2, quiet: true },
    P50,
    { key: 'kilobytes', heading: 'document kB', digits: 0 },
    { key: 'loadCpu', heading: 'load CPU s', digits: 2 },
  ],
  compared: 'cpuPerJoin',
  less: true,
  goals: [
    beats(hocuspocus3.label, 'cpuPerJoin', 18, true),
    beats(hocuspocus3.label, 'wall', 8, true),
    beats(hocuspocus4.label, 'cpuPerJoin', 18, true),
    beats(hocuspocus4.label, 'wall', 8, true),
  ],
  notes: [
    'The same bytes were brought to every server before: a list typed in bursts by twenty authors. It is open when the 200 come; each must end up with the same content and state vector. CPU counts from the first connection to half a second after the last has the document, so opening the connections and asking who comes is in it.',
  ],
};

const docsJob = { kind: 'docs' as const, bytes: 42_000, warm: 100 };
const memory: Plan = {
  id: 'F7',
  title: '500 open documents of 42 kB: memory per document, and what stays when 500 more come and go',
  load: 'open documents',
  first: { kind: 'fill', documents: 1000, bytes: 42_000, settleMs: 12_000 },
  quickFirst: { kind: 'fill', documents: 400, bytes: 42_000, settleMs: 4_000 },
  job: { ...docsJob, documents: 500, cycles: 3, settleMs: 13_000 },
  quickJob: { ...docsJob, documents: 200, cycles: 2, settleMs: 13_000 },
  needs: { documents: 1000, people: 40, meeting: false },
  variants: [ours, hocuspocus3, hocuspocus4, classic],
  columns: [
    { key: 'perDocument', heading: 'kB per document', digits: 0 },
    { key: 'firstCycle', heading: 'MB more after 500 opened and closed', digits: 1 },
    { key: 'laterCycles', heading: 'MB more after each further 500', digits: 1 },
    { key: 'base', heading: 'MB before', digits: 0 },
    { key: 'full', heading: 'MB with all open', digits: 0 },
  ],
  compared: 'perDocument',
  less: true,
  goals: [
    beats(hocuspocus3.label, 'perDocument', 2, true),
    beats(hocuspocus4.label, 'perDocument', 2, true),
    atMost('laterCycles', 2),
  ],
  nodeArgs: GC,
  mostRounds: 2,
  notes: [
    'The documents are brought first; then the server is started again on its store, so that its memory holds nothing of that. Memory per document is what the 400 after the first 100 add. Resident memory is read after everybody has rested (13 s after the closing, since ours lets go of a document after 10 s) and has collected its garbage twice, on a signal, by the same few lines loaded before every server. Servers that store nothing cannot be measured like this. "No growth" is taken as 2 MB for 500 documents: below that the resident size moves by itself.',
  ],
};

const idleJob = { kind: 'idle' as const, clients: 2000 };
const idle: Plan = {
  id: 'F8',
  title: '2,000 idle connections to one room: memory per connection',
  load: 'idle connections',
  job: { ...idleJob, settleMs: 12_000 },
  quickJob: { ...idleJob, settleMs: 3_000 },
  needs: { documents: 1, people: 60, meeting: false },
  variants: [ours, hocuspocus3, hocuspocus4, websocketServer, classic, relay],
  columns: [
    { key: 'perConnection', heading: 'kB per connection', digits: 1 },
    { key: 'base', heading: 'MB before', digits: 0 },
    { key: 'full', heading: 'MB with all', digits: 0 },
  ],
  compared: 'perConnection',
  less: true,
  goals: [beats(hocuspocus4.label, 'perConnection', 2, true)],
  nodeArgs: GC,
  notes: [
    'Resident memory after garbage was collected twice on a signal, the same for all, before anybody came and 12 s after all are in sync. Nobody shows himself (no awareness). Memory of the kernel for its sockets is not in it.',
  ],
};

const speech = { kind: 'messages' as const, listeners: 300, speakers: 120, messagesPerSecond: 100 };
const KEY = 'perCpuSecond';
const messages: Plan = {
  id: 'F9',
  title: 'session messages: 300 listeners, 100 messages/s, durable before they are sent',
  load: 'session messages',
  job: { ...speech, warmMs: 4_000, windowMs: 12_000 },
  quickJob: { ...speech, warmMs: 2_000, windowMs: 5_000 },
  needs: { documents: 1, people: 60, meeting: true },
  variants: [oursQuick, ours, socketIo],
  columns: [
    { key: KEY, heading: 'messages delivered per CPU second', digits: 0 },
    P50,
    P99,
    { key: 'ackP99', heading: 'answered p99 ms', digits: 1, quiet: true },
    { key: 'delivered', heading: 'delivered/s', digits: 0 },
    { key: 'frames', heading: 'frames/s', digits: 0 },
    SERVER,
    LOAD,
  ],
  compared: KEY,
  less: false,
  goals: [
    beats(socketIo.label, KEY, 1.35, false, oursQuick.label),
    atMost('p99', 10, oursQuick.label),
    beats(socketIo.label, KEY, 3, false),
    atMost('p99', 60),
  ],
  notes: [
    'Ours: `session.say` over the real socket by 120 devices of 60 people (each below its limit), rights asked, decided on the state of the meeting, stored, then sent to everybody as the entry for their audience. The Socket.IO room: `io.to(room).emit` of an entry with the same fields, answered at once. Every listener must hear every message once, in order and word for word.',
  ],
};

export const otherPlans: Plan[] = [rising, join, memory, idle, messages];
