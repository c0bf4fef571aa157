import type { FanoutJob, Outcome, Target } from './job.ts';
import { Meter } from './room.ts';
import { fillRooms, measure, pause, settle, typeAway, until } from './steady.ts';

/** F1, F2, F3, F5: people type in rooms at a steady pace. */
export async function fanout(target: Target, job: FanoutJob): Promise<Outcome> {
  const meter = new Meter();
  const hall = await fillRooms(target, meter, job);
  for (const { writer } of hall.writers)
    writer!.prepare(Math.ceil(((job.warmMs + job.windowMs) / 1000 + 1) * job.editsPerSecond));
  const stop = typeAway(hall, job.editsPerSecond, job.cursors);
  await pause(job.warmMs);
  const written = () => hall.writers.reduce((sum, { writer }) => sum + writer!.sent, 0);
  const before = written();
  const seen = await measure(hall, target.pid, job.windowMs);
  const expected = (written() - before) * (job.clients - 1);
  stop();
  const lost = await settle(hall, job.drainMs);
  if (job.cursors) {
    const stale = () => hall.rooms.reduce((sum, room) => sum + room.staleCursors, 0);
    if (!(await until(() => stale() === 0, 5_000)))
      meter.fault(`${stale()} cursors stand where they were before`);
  }
  hall.leave();
  const { usage } = seen;
  const noticed = Number.isNaN(seen.noticeP99)
    ? {}
    : { noticeP50: seen.noticeP50, noticeP99: seen.noticeP99 };
  return {
    figures: {
      perCpuSecond: seen.delivered / usage.server,
      delivered: seen.delivered / usage.wall,
      pace: (seen.delivered / expected) * 100,
      frames: seen.frames / usage.wall,
      p50: seen.p50,
      p99: seen.p99,
      ...noticed,
      serverCpu: usage.server / usage.wall,
      loadCpu: usage.load / usage.wall,
      others: usage.others,
      lost,
    },
    faults: meter.faults,
  };
}
