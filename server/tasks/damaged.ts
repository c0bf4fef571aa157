import { type Damage, inWords } from '../storage/damage.ts';

const SHOWN = 20;

/** How many rows are damaged, and which. */
export function listed(damaged: readonly Damage[]): string {
  const more = damaged.length > SHOWN ? [`  and ${damaged.length - SHOWN} more`] : [];
  const lines = damaged.slice(0, SHOWN).map((each) => `  ${inWords(each)}`);
  return [`Damaged: ${damaged.length} rows are not what was stored.`, ...lines, ...more].join('\n');
}
