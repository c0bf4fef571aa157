import { fuzzInProcess, MASKED, SLOW } from './r6-in-process.ts';
import type { Torture } from './torture.ts';

export const hostile: Torture = {
  id: 'R6',
  claim: 'no frame crashes or disturbs others',
  workload: 'two honest people write in the attacked document',
  faults: 'frames that know the format, each wrong in lengths, clocks, ids, references, kinds, order or end',
  weight: 3,
  variants: () => ['documents'],
  plants: [
    { plant: SLOW, variant: 'documents' },
    { plant: MASKED, variant: 'documents' },
  ],
  round: fuzzInProcess,
};
