import { makeDocument } from './document.ts';
import type { DocsJob, FillJob, IdleJob, Outcome, Target } from './job.ts';
import { rssOf } from './proc.ts';
import { inTurns, pause } from './steady.ts';
import { bring, Visitor } from './visitor.ts';

const PING_MS = 20_000;
const GC_MS = 1_500;

/** Resident bytes of the server after it has been told to collect its garbage, twice (see `gc.mjs`). */
async function restingRss(target: Target, settleMs: number): Promise<number> {
  await pause(settleMs);
  for (let n = 0; n < 2; n++) {
    process.kill(target.pid, 'SIGUSR2');
    await pause(GC_MS);
  }
  return rssOf(target.pid);
}

const cookieOf = (target: Target, n: number): string => target.cookies[n % target.cookies.length] ?? '';

/** F7, first part: brings all documents, so that a freshly started server has them on disk. */
export async function fill(target: Target, job: FillJob): Promise<Outcome> {
  const made = makeDocument(job.bytes);
  await inTurns(target.docs.slice(0, job.documents), async (doc, n) => {
    const author = await bring(target, doc, made, cookieOf(target, n));
    author.leave();
  });
  await pause(job.settleMs);
  return { figures: {}, faults: [] };
}

/** F7: resident bytes per open document, and what stays when as many others were opened and closed. */
export async function docs(target: Target, job: DocsJob): Promise<Outcome> {
  const made = makeDocument(job.bytes);
  const open = async (names: string[]): Promise<Visitor[]> => {
    const visitors = names.map((name) => new Visitor(target, name, made));
    await inTurns(visitors, (visitor, n) => visitor.come(cookieOf(target, n)));
    return visitors;
  };
  const base = await restingRss(target, 3_000);
  const staying = await open(target.docs.slice(0, job.warm));
  const warm = await restingRss(target, 3_000);
  staying.push(...(await open(target.docs.slice(job.warm, job.documents))));
  const alive = setInterval(() => {
    if (target.dialect === 'hocuspocus') for (const visitor of staying) visitor.ping();
  }, PING_MS);
  const full = await restingRss(target, 3_000);
  const after: number[] = [];
  for (let cycle = 0; cycle < job.cycles; cycle++) {
    for (const visitor of await open(target.docs.slice(job.documents, 2 * job.documents))) visitor.leave();
    after.push(await restingRss(target, job.settleMs));
  }
  clearInterval(alive);
  const lostLines = staying.filter((visitor) => visitor.closed > 0).length;
  for (const visitor of staying) visitor.leave();
  const later = after.length > 1 ? (after.at(-1)! - after[0]!) / (after.length - 1) : Number.NaN;
  return {
    figures: {
      perDocument: (full - warm) / (job.documents - job.warm) / 1000,
      firstCycle: (after[0]! - full) / 1e6,
      laterCycles: later / 1e6,
      base: base / 1e6,
      full: full / 1e6,
    },
    faults: lostLines > 0 ? [`${lostLines} clients were sent away`] : [],
  };
}

/** F8: resident bytes per connection at which nothing happens. */
export async function idle(target: Target, job: IdleJob): Promise<Outcome> {
  const first = new Visitor(target, target.docs[0]!);
  await first.come(cookieOf(target, 0));
  const base = await restingRss(target, 3_000);
  const visitors = Array.from({ length: job.clients }, () => new Visitor(target, target.docs[0]!));
  const alive = setInterval(() => {
    if (target.dialect === 'hocuspocus') for (const visitor of visitors) visitor.ping();
  }, PING_MS);
  await inTurns(visitors, (visitor, n) => visitor.come(cookieOf(target, n)));
  const full = await restingRss(target, job.settleMs);
  clearInterval(alive);
  const lostLines = visitors.filter((visitor) => visitor.closed > 0).length;
  for (const visitor of [first, ...visitors]) visitor.leave();
  return {
    figures: { perConnection: (full - base) / job.clients / 1000, base: base / 1e6, full: full / 1e6 },
    faults: lostLines > 0 ? [`${lostLines} clients were sent away`] : [],
  };
}
