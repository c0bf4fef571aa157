import type { Outcome, Torture } from './torture.ts';
import { type Pin, pinOf } from './seeds.ts';

/** What came of one promise in this run. */
export interface Tally {
  torture: Torture;
  rounds: number;
  seconds: number;
  counts: Record<string, number>;
  worst: Record<string, number>;
  anomalies: number;
  broken: Pin[];
  /** Why it was not run. */
  skipped: string | undefined;
}

export const newTally = (torture: Torture): Tally => ({
  torture,
  rounds: 0,
  seconds: 0,
  counts: {},
  worst: {},
  anomalies: 0,
  broken: [],
  skipped: undefined,
});

const SHOWN = 5;

/** Adds a round; one that went wrong is told at once, with the command that plays it again. */
export function tell(tally: Tally, round: Pin, { counts, worst = {}, anomalies }: Outcome): void {
  tally.rounds++;
  for (const [name, count] of Object.entries(counts)) tally.counts[name] = (tally.counts[name] ?? 0) + count;
  for (const [name, value] of Object.entries(worst))
    tally.worst[name] = Math.max(tally.worst[name] ?? value, value);
  tally.anomalies += anomalies.length;
  if (anomalies.length === 0) return;
  tally.broken.push(round);
  console.log(`✗ ${pinOf(round)}: ${anomalies.length} anomalies`);
  const times = new Map<string, number>();
  for (const anomaly of anomalies) times.set(anomaly, (times.get(anomaly) ?? 0) + 1);
  for (const [anomaly, count] of [...times].slice(0, SHOWN))
    console.log(`    ${count > 1 ? `${count} × ` : ''}${anomaly.replaceAll('\n', '\n    ')}`);
  console.log(`    again: npm run torture -- --replay ${pinOf(round)}`);
}

const listed = (numbers: Record<string, number>): string =>
  Object.entries(numbers)
    .map(([name, value]) => `${Math.round(value * 10) / 10} ${name}`)
    .join(', ');

/** Claim, workload, faults, counts, anomalies, seed. */
export function report(tally: Tally, seed: number): void {
  const { torture, rounds, counts, worst, anomalies, broken, skipped } = tally;
  const state = skipped !== undefined ? 'skipped' : broken.length > 0 ? 'BROKEN' : 'kept';
  console.log(`\n${torture.id} ${state}: ${torture.claim}`);
  if (skipped !== undefined) return console.log(`  because   ${skipped}`);
  console.log(`  workload  ${torture.workload}`);
  console.log(`  faults    ${torture.faults}`);
  console.log(`  counts    ${rounds} rounds in ${Math.round(tally.seconds)} s: ${listed(counts)}`);
  if (Object.keys(worst).length > 0) console.log(`  worst     ${listed(worst)}`);
  console.log(`  anomalies ${anomalies}${broken.length > 0 ? ` in ${broken.map(pinOf).join(' ')}` : ''}`);
  console.log(`  seed      ${seed}`);
}
