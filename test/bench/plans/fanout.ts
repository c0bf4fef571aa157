import type { FanoutJob } from '../load/job.ts';
import type { Column, Goal, Plan } from '../plan.ts';
import {
  classic,
  hocuspocus3,
  hocuspocus4,
  hocuspocus4tuned,
  ours,
  oursQuick,
  oursSlow,
  relay,
  websocketServer,
} from './variants.ts';

const FULL = { warmMs: 4_000, windowMs: 12_000, drainMs: 10_000 };
const QUICK = { warmMs: 2_000, windowMs: 5_000, drainMs: 10_000 };
const KEY = 'perCpuSecond';

const columns: Column[] = [
  { key: KEY, heading: 'edits delivered per CPU second', digits: 0 },
  { key: 'p50', heading: 'p50 ms', digits: 1, quiet: true },
  { key: 'p99', heading: 'p99 ms', digits: 1, quiet: true },
  { key: 'noticeP99', heading: 'on disk p99 ms', digits: 1, quiet: true },
  { key: 'delivered', heading: 'delivered/s', digits: 0 },
  { key: 'pace', heading: '% of what was written', digits: 1 },
  { key: 'frames', heading: 'frames/s', digits: 0 },
  { key: 'serverCpu', heading: 'server cores', digits: 2 },
  { key: 'loadCpu', heading: 'load cores', digits: 2 },
];

const beats = (who: string, against: string, value: number): Goal => ({
  ours: who,
  against,
  key: KEY,
  value,
  less: false,
});
const within = (who: string, ms: number): Goal => ({
  ours: who,
  against: '',
  key: 'p99',
  value: ms,
  less: true,
});

const shared = { columns, compared: KEY, less: false };
const steady = (job: Omit<FanoutJob, 'warmMs' | 'windowMs' | 'drainMs' | 'kind'>) => ({
  job: { kind: 'fanout' as const, ...job, ...FULL },
  quickJob: { kind: 'fanout' as const, ...job, ...QUICK },
});

const hall = { rooms: 1, writers: 10, editsPerSecond: 5, cursors: false };
const all = [hocuspocus3, hocuspocus4, hocuspocus4tuned, websocketServer, classic, relay];

export const fanoutPlans: Plan[] = [
  {
    ...shared,
    id: 'F1',
    title: 'one room, 300 clients, 10 writers × 5 edits/s, p99 ≤ 10 ms',
    load: 'room of 300',
    ...steady({ ...hall, clients: 300 }),
    needs: { documents: 1, people: 60, meeting: false },
    variants: [oursQuick, ...all],
    goals: [
      beats(oursQuick.label, hocuspocus3.label, 1.5),
      beats(oursQuick.label, hocuspocus4.label, 1.4),
      beats(oursQuick.label, websocketServer.label, 1.25),
      within(oursQuick.label, 10),
    ],
    notes: [],
  },
  {
    ...shared,
    id: 'F2',
    title: 'the same with a longer tick, p99 < 70 ms',
    load: 'room of 300',
    ...steady({ ...hall, clients: 300 }),
    needs: { documents: 1, people: 60, meeting: false },
    variants: [oursSlow, ...all],
    goals: [
      beats(oursSlow.label, hocuspocus3.label, 3.5),
      beats(oursSlow.label, hocuspocus4.label, 3.2),
      beats(oursSlow.label, hocuspocus4tuned.label, 1.5),
      within(oursSlow.label, 70),
    ],
    notes: [],
  },
  {
    ...shared,
    id: 'F3',
    title: 'one room, 1,000 clients, 10 writers × 5 edits/s, p99 < 100 ms',
    load: 'room of 1,000',
    ...steady({ ...hall, clients: 1000 }),
    needs: { documents: 1, people: 60, meeting: false },
    variants: [oursSlow, ...all],
    goals: [
      beats(oursSlow.label, hocuspocus3.label, 4),
      beats(oursSlow.label, hocuspocus4.label, 3.5),
      within(oursSlow.label, 100),
    ],
    notes: [],
  },
  {
    ...shared,
    id: 'F5',
    title: '200 rooms × 5 clients, 2 of them typing 5 edits/s with moving cursors, p99 < 50 ms',
    load: '200 rooms',
    ...steady({ rooms: 200, clients: 5, writers: 2, editsPerSecond: 5, cursors: true }),
    needs: { documents: 200, people: 40, meeting: false },
    variants: [ours, hocuspocus3, hocuspocus4, hocuspocus4tuned, websocketServer, classic, relay],
    goals: [
      beats(ours.label, hocuspocus3.label, 2.7),
      beats(ours.label, hocuspocus4.label, 4.5),
      within(ours.label, 50),
    ],
    notes: [],
  },
];
