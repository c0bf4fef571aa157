import type { Module } from './imports.ts';

/** The arrows between the folders: who may import whom. Everything not said here is forbidden. */
const features = [
  'identity',
  'campaigns',
  'rooms',
  'board',
  'session',
  'minutes',
  'ideas',
  'rectification',
  'exports',
  'admin',
];

const shared = /^shared\//;
const platform = /^server\/platform\//;

const arrows: { from: RegExp; to: RegExp[] }[] = [
  { from: shared, to: [shared] },
  { from: /^client\/(ui|lib)\//, to: [shared, /^client\/(ui|lib|text)\//] },
  { from: /^client\//, to: [shared, /^client\//] },
  { from: platform, to: [shared, platform] },
  ...['sqlite', 'mongo'].map((engine) => ({
    from: new RegExp(`^server/storage/${engine}/`),
    to: [
      /^shared\/errors\.ts$/,
      platform,
      /^server\/storage\/[^/]+$/,
      new RegExp(`^server/storage/${engine}/`),
    ],
  })),
  { from: /^server\/storage\//, to: [/^shared\/errors\.ts$/, platform, /^server\/storage\//] },
  { from: /^server\/realtime\//, to: [shared, platform, /^server\/realtime\//] },
  {
    from: /^server\/collab\//,
    to: [
      shared,
      platform,
      /^server\/collab\//,
      /^server\/storage\/port\.ts$/,
      /^server\/realtime\/relay\.ts$/,
    ],
  },
  { from: /^server\/transport\//, to: [shared, platform, /^server\/transport\//] },
  // the commands open parts and hand them to the app: like it, they may know everything
  { from: /^server\/((app|closing|migrations|slices)\.ts$|tasks\/)/, to: [shared, /^server\/(?!main\.ts$)/] },
  { from: /^server\/main\.ts$/, to: [shared, platform, /^server\/tasks\//, /^server\/app\.ts$/] },
  ...features.map((name, place) => ({
    from: new RegExp(`^server/features/${name}/`),
    to: [
      shared,
      platform,
      /^server\/storage\/(port|collection|modify|migration)\.ts$/,
      /^server\/realtime\/hub\.ts$/,
      /^server\/collab\/documents\.ts$/,
      new RegExp(`^server/features/(${features.slice(0, place + 1).join('|')})/`),
    ],
  })),
];

/** Packages that have one home each. */
const homes: { packages: RegExp; only: RegExp }[] = [
  { packages: /^(mongoose|mongodb)(\/|$)/, only: /^server\/storage\/mongo\// },
  {
    packages: /^(node:sqlite|@photostructure\/sqlite|better-sqlite3|libsql)(\/|$)/,
    only: /^server\/storage\/sqlite\//,
  },
  { packages: /^(redis|ioredis|@socket\.io\/redis.*)(\/|$)/, only: /^server\/realtime\// },
  { packages: /^(express|helmet)(\/|$)/, only: /^server\/(transport\/|tasks\/|app\.ts$)/ },
  { packages: /^ws(\/|$)/, only: /^server\/(transport\/|app\.ts$)/ },
  { packages: /^socket\.io(\/|$)/, only: /^server\/(transport\/|realtime\/|app\.ts$)/ },
  { packages: /^(node:.*|process|pino|prom-client|@node-rs\/.*)$/, only: /^server\// },
  { packages: /^(react|react-dom|@base-ui\/.*|wouter|socket\.io-client)(\/|$)/, only: /^client\// },
  { packages: /^(vitest|playwright-core|fast-check|axe-core)(\/|$)/, only: /^test\// },
];

const sharedMay: Record<string, RegExp> = {
  'shared/board.ts': /^(zod|yjs)$/,
  'shared/board-history.ts': /^(zod|yjs)$/,
  'shared/draft-json.ts': /^yjs$/,
  'shared/draft-mend.ts': /^yjs$/,
  'shared/draft-table.ts': /^yjs$/,
  'shared/encode-update.ts': /^(yjs|lib0\/.*)$/,
  'shared/row-order.ts': /^fractional-indexing$/,
};

function packageFault(path: string, name: string): string | undefined {
  if (shared.test(path) && !(sharedMay[path] ?? /^zod$/).test(name))
    return `${path} must not import ${name}: shared is bare`;
  const home = homes.find((each) => each.packages.test(name));
  return home && !home.only.test(path) ? `${path} must not import ${name}: it has its own place` : undefined;
}

function arrowFault(path: string, target: string, known: ReadonlySet<string>): string | undefined {
  if (/\.tsx?$/.test(target) && !known.has(target)) return `${path} imports ${target}, which is no file`;
  if (!/\.\w+$/.test(target)) return `${path} imports ${target} without an ending`;
  const rule = arrows.find((each) => each.from.test(path));
  if (!rule) return `${path} stands in a folder without a rule`;
  return rule.to.some((each) => each.test(target)) ? undefined : `${path} must not import ${target}`;
}

function processFaults({ path, process }: Module): string[] {
  const faults: string[] = [];
  const main = path === 'server/main.ts';
  if (process.has('env') && !main && path !== 'server/platform/config.ts')
    faults.push(`${path} reads process.env`);
  if (process.has('exit') && !main) faults.push(`${path} calls process.exit`);
  return faults;
}

/** Every ring of imports, told once, as `a → b → a`. Types alone make none: they are gone before anything is loaded. */
function rings(modules: readonly Module[]): string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: string[]): void => {
    const seen = trail.indexOf(path);
    if (seen >= 0) found.push(`a ring: ${[...trail.slice(seen), path].join(' → ')}`);
    if (seen >= 0 || done.has(path)) return;
    for (const { target, typeOnly } of byPath.get(path)?.imports ?? []) {
      if (!typeOnly && byPath.has(target)) walk(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of byPath.keys()) walk(path, []);
  return found;
}

/** All that is wrong between these modules, one sentence each; empty when the picture holds. */
export function judge(modules: readonly Module[]): string[] {
  const known = new Set(modules.map((module) => module.path));
  const faults = modules.flatMap((module) => {
    const arrowsOut = module.imports.map(({ target, inside }) =>
      inside ? arrowFault(module.path, target, known) : packageFault(module.path, target),
    );
    return [...arrowsOut.filter((fault) => fault !== undefined), ...processFaults(module), ...module.unclear];
  });
  return [...new Set([...faults, ...rings(modules)])];
}
