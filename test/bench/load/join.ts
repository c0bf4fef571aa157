import { makeDocument } from './document.ts';
import { Histogram } from './histogram.ts';
import type { JoinJob, Outcome, Target } from './job.ts';
import { startUsage } from './proc.ts';
import { pause, until } from './steady.ts';
import { bring, Visitor } from './visitor.ts';

/** Longer than any server waits before it stores what was brought. */
const SETTLE_MS = 12_000;
const MOST_MS = 60_000;
/** What a server still has to do for the newcomers after they have the document. */
const TAIL_MS = 500;

/** F6: many come to one large document at once; it is open already, its author stays. */
export async function join(target: Target, job: JoinJob): Promise<Outcome> {
  const made = makeDocument(job.bytes);
  const doc = target.docs[0]!;
  const author = await bring(target, doc, made, target.cookies[0] ?? '');
  await pause(SETTLE_MS);
  const times = new Histogram();
  const visitors = Array.from({ length: job.clients }, () => new Visitor(target, doc, made));
  const used = startUsage(target.pid);
  const started = performance.now();
  const coming = visitors.map(async (visitor, n) => {
    await visitor.come(target.cookies[n % target.cookies.length] ?? '');
    times.add(performance.now() - started);
  });
  void Promise.allSettled(coming);
  const all = await until(() => visitors.every((visitor) => visitor.ready || visitor.closed > 0), MOST_MS);
  const wall = performance.now() - started;
  await pause(TAIL_MS);
  const usage = used();
  const without = visitors.filter((visitor) => !visitor.ready).length;
  for (const visitor of visitors) visitor.leave();
  author.leave();
  return {
    figures: {
      cpuPerJoin: (usage.server / job.clients) * 1000,
      wall: wall / 1000,
      p50: times.quantile(0.5),
      kilobytes: made.update.length / 1000,
      loadCpu: usage.load,
      others: usage.others,
    },
    faults: all && without === 0 ? [] : [`${without} of ${job.clients} did not get the document`],
  };
}
