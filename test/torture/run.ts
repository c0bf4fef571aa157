import { parseArgs } from 'node:util';
import { settleErrors } from '../support/errors.ts';
import { build } from '../support/built.ts';
import { type Tally, newTally, report, tell } from './tally.ts';
import { type Outcome, type Torture, wordsOf } from './torture.ts';
import { seeded } from '../support/seeded.ts';
import { type Pin, pin, pinned, pinOf, readPin, seedOf } from './seeds.ts';
import { promises } from './promises.ts';

const USAGE = `npm run torture -- [--seconds N] [--seed S] [--only R1,R4]
npm run torture -- --replay R4/large/123   one round again
npm run torture -- --self-test [--only …]  each checker with faults planted that it must find`;

const SELF_TEST_SECONDS = 20;
const TRIES = 3;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '180' },
    seed: { type: 'string' },
    only: { type: 'string' },
    replay: { type: 'string' },
    'self-test': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/**
 * Node's own `fetch` (20.20) ends the process when the timer of a line that a killed server left behind runs out after its parser was
 * collected. That is no finding about the product; anything else that nobody caught still ends the run.
 */
process.on('uncaughtException', (error) => {
  if (error instanceof TypeError && error.stack?.includes('onParserTimeout')) return;
  console.error(error);
  process.exit(1);
});

/** One round; whatever is thrown or logged as an error is an anomaly of it. */
async function play(torture: Torture, round: Pin, seconds: number, plant?: string): Promise<Outcome> {
  const { seed, variant } = round;
  const outcome = await torture
    .round({ seed, variant, random: seeded(seed), seconds, plant })
    .catch((error: unknown): Outcome => ({ counts: {}, anomalies: [wordsOf(error)] }));
  return { ...outcome, anomalies: [...outcome.anomalies, ...settleErrors()] };
}

/** Rounds until the share of time is used, those that once went wrong first; at least one of each variant. */
async function run(torture: Torture, main: number, seconds: number): Promise<Tally> {
  const tally = newTally(torture);
  tally.skipped = await torture.cannot?.();
  if (tally.skipped !== undefined) return tally;
  const started = performance.now();
  const left = () => seconds - (performance.now() - started) / 1000;
  const lasted = new Map<string, number>();
  const playOne = async (round: Pin) => {
    const before = left();
    tell(tally, round, await play(torture, round, left()));
    lasted.set(round.variant, before - left());
  };
  const before = pinned().filter(({ id }) => id === torture.id);
  for (const round of before) await playOne(round);
  const variants = await torture.variants(seconds);
  for (let n = 0; ; n++) {
    const variant = variants[n % variants.length]!;
    // A round that would for the most part lie beyond the end is not begun.
    if (n >= variants.length && left() < (lasted.get(variant) ?? 0) / 2) break;
    if (n >= variants.length && left() <= 0) break;
    const round = { id: torture.id, variant, seed: seedOf(main, torture.id, n) };
    if (before.some((each) => pinOf(each) === pinOf(round))) continue;
    await playOne(round);
    if (tally.broken.some((each) => pinOf(each) === pinOf(round))) pin(round);
  }
  tally.seconds = seconds - left();
  return tally;
}

async function runAll(chosen: Torture[], main: number, seconds: number): Promise<Tally[]> {
  const started = performance.now();
  const tallies: Tally[] = [];
  for (const [n, torture] of chosen.entries()) {
    const weights = chosen.slice(n).reduce((sum, { weight }) => sum + weight, 0);
    const left = Math.max(0, seconds - (performance.now() - started) / 1000);
    const tally = await run(torture, main, (left * torture.weight) / weights);
    report(tally, main);
    tallies.push(tally);
  }
  return tallies;
}

/** Each checker is shown faults that it has to find; the tally is red where it did not. */
async function selfTest(chosen: Torture[], main: number): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const torture of chosen) {
    const tally = newTally(torture);
    tally.skipped = await torture.cannot?.();
    for (const [n, { plant, variant }] of tally.skipped ? [] : torture.plants.entries()) {
      // A planted fault need not do harm in every history.
      let round = { id: torture.id, variant, seed: 0 };
      let anomalies: string[] = [];
      for (let tries = 0; tries < TRIES && anomalies.length === 0; tries++) {
        round = { ...round, seed: seedOf(main, torture.id, n * TRIES + tries) };
        anomalies = (await play(torture, round, SELF_TEST_SECONDS, plant)).anomalies;
      }
      console.log(`${torture.id} with ${plant}: ${anomalies.length > 0 ? 'found' : 'NOT FOUND'}`);
      if (anomalies[0]) console.log(`    ${anomalies[0].replaceAll('\n', '\n    ')}`);
      tally.rounds++;
      if (anomalies.length === 0) tally.broken.push(round);
    }
    tallies.push(tally);
  }
  return tallies;
}

async function replay(text: string): Promise<Tally[]> {
  const round = readPin(text);
  const torture = promises.find(({ id }) => id === round.id);
  if (!torture) throw new Error(`no such promise: ${round.id}`);
  const tally = newTally(torture);
  tell(tally, round, await play(torture, round, Number(values.seconds)));
  report(tally, round.seed);
  return [tally];
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const started = performance.now();
  const only = values.only?.split(',');
  const chosen = promises.filter(({ id }) => !only || only.includes(id));
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  build();
  const tallies = values.replay
    ? await replay(values.replay)
    : values['self-test']
      ? await selfTest(chosen, seed)
      : await runAll(chosen, seed, Number(values.seconds));
  const failed = tallies.filter(({ broken }) => broken.length > 0).length;
  const skipped = tallies.filter((tally) => tally.skipped !== undefined).length;
  console.log(`torture: seed ${seed}, ${Math.round((performance.now() - started) / 1000)} s`);
  console.log(`${tallies.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 || tallies.length === 0 ? 1 : 0;
}

process.exit(await main());
