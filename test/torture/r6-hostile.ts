import { fuzzInProcess, MASKED, SLOW } from './r6-in-process.ts';
import { fuzzWire, STALL } from './r6-wire.ts';
import type { Torture } from './torture.ts';

export const hostile: Torture = {
  id: 'R6',
  claim: 'no frame crashes or disturbs others',
  workload:
    'the documents with two honest people in the attacked one; a whole server with honest people in it and a canary pair beside',
  faults:
    'frames that know the format, each wrong in lengths, clocks, ids, references, kinds, order or end; calls and packets of sessions; broken WebSocket',
  weight: 5,
  variants: () => ['documents', 'wire'],
  plants: [
    { plant: SLOW, variant: 'documents' },
    { plant: MASKED, variant: 'documents' },
    { plant: STALL, variant: 'wire' },
  ],
  round: (task) => (task.variant === 'wire' ? fuzzWire(task) : fuzzInProcess(task)),
};
