import { fanout } from './fanout.ts';
import type { Job, Outcome, Target } from './job.ts';
import { join } from './join.ts';
import { docs, fill, idle } from './memory.ts';
import { messages } from './messages.ts';
import { rising } from './rising.ts';

/** The process that makes the load: takes one target and one job over IPC, answers with the outcome. */
function run(target: Target, job: Job): Promise<Outcome> {
  switch (job.kind) {
    case 'fanout':
      return fanout(target, job);
    case 'rising':
      return rising(target, job);
    case 'join':
      return join(target, job);
    case 'fill':
      return fill(target, job);
    case 'docs':
      return docs(target, job);
    case 'idle':
      return idle(target, job);
    case 'messages':
      return messages(target, job);
  }
}

process.once('disconnect', () => process.exit(1));
process.once('message', ({ target, job }: { target: Target; job: Job }) => {
  void run(target, job)
    .catch((error: unknown): Outcome => ({ figures: {}, faults: [String(error)] }))
    .then((outcome) => process.send!(outcome, () => process.exit(0)));
});
