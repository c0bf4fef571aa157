import type { Outcome } from './load/job.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan.ts';
import { runLoad } from './processes.ts';
import { startVariant, type Variant } from './servers.ts';

/** All runs of one load, by the label of the server. */
export type Runs = Map<string, Outcome[]>;

const wanted = (variant: Variant, options: Options): boolean =>
  (!options.oursOnly || variant.product === 'ours') &&
  (options.servers.length === 0 ||
    options.servers.some((word) => variant.label.toLowerCase().includes(word.trim())));

/** The servers of several promises that share a load, each once. */
function variantsOf(plans: readonly Plan[], options: Options): Variant[] {
  const all = new Map(plans.flatMap((plan) => plan.variants).map((variant) => [variant.label, variant]));
  return [...all.values()].filter((variant) => wanted(variant, options));
}

async function runOnce(plan: Plan, variant: Variant, options: Options): Promise<Outcome> {
  const started = { profileTo: options.profileTo, nodeArgs: plan.nodeArgs ?? [] };
  try {
    const server = await startVariant(variant, plan.needs, started);
    try {
      const first = options.quick ? plan.quickFirst : plan.first;
      const before = first ? await runLoad(server.target, first) : undefined;
      if (before && before.faults.length > 0) return before;
      if (before) await server.restart();
      return await runLoad(server.target, options.quick ? plan.quickJob : plan.job);
    } finally {
      await server.stop();
    }
  } catch (error) {
    return { figures: {}, faults: [error instanceof Error ? error.message : String(error)] };
  }
}

/** Runs one load against all its servers in turns: A B C, A B C … Each run has a fresh server and an empty store. */
export async function runLoadInTurns(
  plans: readonly Plan[],
  options: Options,
  say: (line: string) => void,
): Promise<Runs> {
  const runs: Runs = new Map();
  const variants = variantsOf(plans, options);
  const rounds = Math.min(options.rounds, plans[0]!.mostRounds ?? options.rounds);
  for (let round = 1; round <= rounds; round++) {
    for (const variant of variants) {
      const started = Date.now();
      const outcome = await runOnce(plans[0]!, variant, options);
      runs.set(variant.label, [...(runs.get(variant.label) ?? []), outcome]);
      const figures = Object.entries(outcome.figures).map(([name, value]) => `${name} ${round3(value)}`);
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      say(`  ${round}/${rounds} ${variant.label} (${seconds} s): ${figures.join('  ')}`);
      for (const fault of outcome.faults) say(`      FAULT ${fault}`);
    }
  }
  return runs;
}

const round3 = (value: number): string => String(Number(value.toPrecision(4)));
