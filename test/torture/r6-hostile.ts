import { fuzzInProcess, MASKED, SLOW } from './r6-in-process.ts';
import { GREEDY, siegeWatched } from './r6-watched.ts';
import { fuzzWire, STALL } from './r6-wire.ts';
import type { Torture } from './torture.ts';

const ROUNDS: Record<string, Torture['round']> = {
  documents: fuzzInProcess,
  wire: fuzzWire,
  watched: siegeWatched,
};

export const hostile: Torture = {
  id: 'R6',
  claim: 'no frame crashes or disturbs others',
  workload:
    'the documents with two honest people in the attacked one; a whole server with honest people in it and a canary pair beside; the built program within 512 MB',
  faults:
    'frames that know the format, each wrong in lengths, clocks, ids, references, kinds, order or end; calls and packets of sessions; broken WebSocket; floods, unfinished bodies and messages, shapes and crowds of `hostile/inputs.ts`',
  weight: 5,
  variants: () => ['documents', 'wire', 'watched'],
  plants: [
    { plant: SLOW, variant: 'documents' },
    { plant: MASKED, variant: 'documents' },
    { plant: STALL, variant: 'wire' },
    { plant: GREEDY, variant: 'watched' },
  ],
  round: (task) => ROUNDS[task.variant]!(task),
};
