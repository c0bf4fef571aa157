import { fanout } from './fanout.ts';
import type { Job, Outcome, Target } from './job.ts';

/** The process that makes the load: takes one target and one job over IPC, answers with the outcome. */
function run(target: Target, job: Job): Promise<Outcome> {
  switch (job.kind) {
    case 'fanout':
      return fanout(target, job);
    default:
      throw new Error(`no such load: ${job.kind}`);
  }
}

process.once('disconnect', () => process.exit(1));
process.once('message', ({ target, job }: { target: Target; job: Job }) => {
  run(target, job)
    .catch((error: unknown): Outcome => ({ figures: {}, faults: [String(error)] }))
    .then((outcome) => process.send!(outcome, () => process.exit(0)));
});
