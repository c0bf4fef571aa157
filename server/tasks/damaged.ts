import { type Damage, inWords } from '../storage/damage.ts';
import { both } from '../platform/both.ts';

const SHOWN = 20;

/** How many rows are damaged, and which. */
export function listed(damaged: readonly Damage[]): string {
  const more = damaged.length > SHOWN ? [`  and ${damaged.length - SHOWN} more`] : [];
  const lines = damaged.slice(0, SHOWN).map((each) => `  ${inWords(each)}`);
  const said = both(
    `有 ${damaged.length} 行数据损坏，与当初存入的不同。`,
    `Damaged: ${damaged.length} rows are not what was stored.`,
  );
  return [said, ...lines, ...more].join('\n');
}
