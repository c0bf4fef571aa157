/** What was asked for on the command line. */
export interface Options {
  /** Ids of the promises to measure (F1 …). */
  only: string[];
  quick: boolean;
  rounds: number;
  oursOnly: boolean;
  /** Labels of servers to take; all when empty. */
  servers: string[];
  /** Where CPU profiles of our server go; '' for none. */
  profileTo: string;
  /** Where the results go; '' to print only. */
  out: string;
}

export const RESULTS = 'test/bench/RESULTS.md';
export const PROFILES = 'test/output/profiles';

export const USAGE = `npm run bench -- [options]
  --only F1,F5     these promises only (F1 to F9)
  --quick          short windows, one round: to see that all works, not to quote
  --rounds N       how often each server is measured, in turns (3; 1 with --quick)
  --ours-only      no peers
  --servers a,b    only servers whose label contains one of these words
  --profile [DIR]  run ours with node --cpu-prof (${PROFILES}); prints where the time goes
  --out FILE       write the tables there (${RESULTS}, where only the sections measured are replaced;
                   a --quick, --ours-only, --servers or --profile run writes nothing unless this is given)`;

class UsageError extends Error {}

/** Throws UsageError with what is wrong. */
export function readOptions(args: string[]): Options {
  const options: Options = {
    only: [],
    quick: false,
    rounds: 0,
    oursOnly: false,
    servers: [],
    profileTo: '',
    out: '',
  };
  const rest = [...args];
  const value = (name: string): string => {
    const next = rest.shift();
    if (next === undefined || next.startsWith('--')) throw new UsageError(`${name} needs a value`);
    return next;
  };
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '--quick') options.quick = true;
    else if (name === '--ours-only') options.oursOnly = true;
    else if (name === '--only') options.only = value(name).toUpperCase().split(',');
    else if (name === '--servers') options.servers = value(name).toLowerCase().split(',');
    else if (name === '--rounds') options.rounds = Number(value(name));
    else if (name === '--out') options.out = value(name);
    else if (name === '--profile')
      options.profileTo = rest[0] === undefined || rest[0].startsWith('--') ? PROFILES : value(name);
    else throw new UsageError(`unknown option ${name}`);
  }
  if (options.rounds === 0) options.rounds = options.quick ? 1 : 3;
  if (!Number.isInteger(options.rounds) || options.rounds < 1)
    throw new UsageError('--rounds needs a number from 1 on');
  const whole =
    !options.quick && !options.oursOnly && options.servers.length === 0 && options.profileTo === '';
  if (options.out === '' && whole) options.out = RESULTS;
  return options;
}
