import { REASON_LABEL } from '../../shared/reason-labels.ts';

/** Reason → its English sentence. The build puts the bare table in place of this file (`vite.config.ts`). */
export const reasons: readonly (readonly [string, string])[] = Object.entries(REASON_LABEL).map(
  ([reason, { en }]) => [reason, en],
);
