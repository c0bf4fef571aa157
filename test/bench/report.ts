import type { Outcome } from './load/job.ts';
import type { Column, Goal, Plan } from './plan.ts';
import type { Runs } from './runner.ts';
import { type Spread, spreadOf } from './stats.ts';

const OTHERS: Column = { key: 'others', heading: 'others’ cores', digits: 2 };

const written = (value: number, column: Column): string =>
  value.toLocaleString('en', {
    minimumFractionDigits: column.digits,
    maximumFractionDigits: column.digits,
  });

/** A median with the least and the most. */
function cell(spread: Spread | undefined, column: Column): string {
  if (!spread) return '–';
  const middle = written(spread.median, column);
  if (spread.runs === 1) return middle;
  return `${middle} (${written(spread.least, column)}–${written(spread.most, column)})`;
}

/** Cores that others may use in a run whose times count. */
const QUIET = 0.25;

/** Runs in which nothing was wrong. */
const goodRuns = (runs: Runs, label: string): Outcome[] =>
  (runs.get(label) ?? []).filter((outcome) => outcome.faults.length === 0);

const isQuiet = ({ figures }: Outcome): boolean => (figures['others'] ?? 0) <= QUIET;

/** A figure of one server over all its good runs; with `quiet` over the quiet ones, if there are any. */
function figure(runs: Runs, label: string, key: string, quiet = false): Spread | undefined {
  const good = goodRuns(runs, label);
  const silent = quiet ? good.filter(isQuiet) : [];
  return spreadOf((silent.length > 0 ? silent : good).map((outcome) => outcome.figures[key] ?? Number.NaN));
}

/** What a goal has come to: words and whether it is reached (undefined when it was not measured). */
export interface Verdict {
  goal: Goal;
  text: string;
  reached: boolean | undefined;
}

/** Runs in which something was wrong; with ours that is worse than any figure. */
export const faultyRuns = (runs: Runs, label: string): number =>
  (runs.get(label) ?? []).filter((outcome) => outcome.faults.length > 0).length;

function judge(plan: Plan, runs: Runs, goal: Goal): Verdict {
  const faulty = faultyRuns(runs, goal.ours);
  if (faulty > 0) {
    const text = `${goal.ours}: FAULT in ${faulty} of ${runs.get(goal.ours)!.length} runs`;
    return { goal, text, reached: false };
  }
  const quiet = plan.columns.find((column) => column.key === goal.key)?.quiet === true;
  const verdict = judgeFigures(runs, goal, quiet);
  const disturbed = [goal.ours, goal.against].some(
    (label) => goodRuns(runs, label).length > 0 && !goodRuns(runs, label).some(isQuiet),
  );
  if (!quiet || !disturbed || verdict.reached === undefined) return verdict;
  return { ...verdict, text: `${verdict.text} (the machine was never quiet: not to be quoted)` };
}

function judgeFigures(runs: Runs, goal: Goal, quiet: boolean): Verdict {
  const mine = figure(runs, goal.ours, goal.key, quiet)?.median;
  if (goal.against === '') {
    const text = `${goal.ours}: ${goal.key} ≤ ${goal.value}`;
    if (mine === undefined) return { goal, text: `${text}: not measured`, reached: undefined };
    const reached = mine <= goal.value;
    const by = `MISSES BY ${(mine - goal.value).toFixed(1)}`;
    return { goal, text: `${text}: ${mine.toFixed(1)} → ${reached ? 'PASS' : by}`, reached };
  }
  const theirs = figure(runs, goal.against, goal.key, quiet)?.median;
  const text = `${goal.ours} against ${goal.against}: ≥ ${goal.value}×`;
  if (mine === undefined || theirs === undefined)
    return { goal, text: `${text}: not measured`, reached: undefined };
  const ratio = goal.less ? theirs / mine : mine / theirs;
  const reached = ratio >= goal.value;
  const by = `MISSES BY ${((1 - ratio / goal.value) * 100).toFixed(0)} %`;
  return { goal, text: `${text}: ${ratio.toFixed(2)}× → ${reached ? 'PASS' : by}`, reached };
}

/** The table and the verdicts of one promise, as Markdown. */
export function section(plan: Plan, runs: Runs, facts: string): { text: string; verdicts: Verdict[] } {
  const labels = plan.variants.map((variant) => variant.label).filter((label) => runs.has(label));
  const columns = [...plan.columns, OTHERS].filter((column) =>
    labels.some((label) => figure(runs, label, column.key)),
  );
  const main = plan.variants[0]!.label;
  const mine = figure(runs, main, plan.compared)?.median;
  const row = (label: string): string => {
    const theirs = figure(runs, label, plan.compared)?.median;
    const ratio =
      mine === undefined || theirs === undefined ? undefined : plan.less ? theirs / mine : mine / theirs;
    const cells = columns.map((column) => cell(figure(runs, label, column.key, column.quiet), column));
    const shown = label === main || ratio === undefined ? '' : `${ratio.toFixed(2)}×`;
    return `| ${[label, ...cells, shown].join(' | ')} |`;
  };
  const head = ['server', ...columns.map((column) => column.heading), `${main} is better by`];
  const verdicts = plan.goals.map((goal) => judge(plan, runs, goal));
  const faults = labels.flatMap((label) =>
    runs
      .get(label)!
      .flatMap((outcome, n) => outcome.faults.map((fault) => `- ${label}, run ${n + 1}: ${fault}`)),
  );
  const lines = [
    `## ${plan.id}: ${plan.title}`,
    '',
    facts,
    '',
    `| ${head.join(' | ')} |`,
    `|${' --- |'.repeat(head.length)}`,
    ...labels.map(row),
    '',
    ...verdicts.map((verdict) => `- ${verdict.text}`),
    ...(faults.length > 0 ? ['', 'Faults (these runs do not count):', '', ...faults] : []),
    ...plan.notes.flatMap((note) => ['', note]),
    '',
  ];
  return { text: lines.join('\n'), verdicts };
}
