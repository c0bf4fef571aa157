import { later } from '../../later.tsx';

/** Only who has lost the place to send his words needs them. */
export const HalfWritten = later(
  async () => ({ default: (await import('./UnsentWords.tsx')).HalfWritten }),
  null,
);
export const LeftOutside = later(
  async () => ({ default: (await import('./UnsentWords.tsx')).LeftOutside }),
  null,
);
