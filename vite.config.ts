import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const top = fileURLToPath(new URL('.', import.meta.url));

/** Only the routes of the contract go to the browser; its schemas go where a form checks with them. See that file. */
const routesAlone: Plugin = {
  name: 'routes-alone',
  apply: 'build',
  async load(id) {
    if (!id.endsWith('/client/lib/routes.ts')) return;
    const { routes } = await import('./client/lib/routes.ts');
    return `export const routes = ${JSON.stringify(routes)};`;
  },
};

/** The sentences of refusals: Chinese goes with every page, English where it is read. See client/lib/reasons.ts. */
const reasonsByLanguage: Plugin = {
  name: 'reasons-by-language',
  apply: 'build',
  async load(id) {
    const chinese = id.endsWith('/shared/reason-labels.ts');
    if (!chinese && !id.endsWith('/client/lib/reasons-en.ts')) return;
    const { REASON_LABEL } = await import('./shared/reason-labels.ts');
    const words = (language: 'zh' | 'en') =>
      JSON.stringify(Object.entries(REASON_LABEL).map(([reason, label]) => [reason, label[language]]));
    return chinese
      ? `export const REASON_LABEL = Object.fromEntries(${words('zh')}.map(([reason, zh]) => [reason, { zh, en: zh }]));`
      : `export const reasons = ${words('en')};`;
  },
};

const KIT = new RegExp(
  [
    '/client/(later|lib/(words|english|dates|kept|me|origin|live|live-reconnect|title))\\.ts',
    '/client/ui/(Button|classes|words|Field|Tag|Dialog|TopBar|VisuallyHidden|Face|Empty|Menu|ime)\\.',
    '/shared/(ids|policy|roles|topic|labels|days|line-breaks|code-points)\\.ts',
    '/node_modules/(react|react-dom|scheduler|wouter|regexparam|use-sync-external-store)/',
  ].join('|'),
);

/**
 * The pages. `index.html` is rendered per request: the server replaces `CSP_NONCE_PLACEHOLDER` (Vite puts it on every
 * script, style and link, and into a meta tag that late styles read) by the nonce of the response.
 */
const client: ViteUserConfig = {
  root: `${top}client`,
  base: '/',
  plugins: [react(), routesAlone, reasonsByLanguage],
  html: { cspNonce: 'CSP_NONCE_PLACEHOLDER' },
  server: { fs: { allow: [top] } },
  build: {
    outDir: `${top}dist/client`,
    emptyOutDir: true,
    target: ['chrome109', 'safari15.4'],
    manifest: true,
    sourcemap: 'hidden',
    // data: addresses would need holes in the content security policy
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What every page on a phone's way needs lies in one file: thirty of a few lines each compress badly and are asked for one by one.
        codeSplitting: { groups: [{ name: 'kit', test: KIT }] },
      },
    },
  },
};

/** The server: one bundle for plain node, and a file for each thread beside it; what stands in node_modules stays there. */
const server: ViteUserConfig = {
  root: top,
  publicDir: false,
  build: {
    ssr: true,
    rolldownOptions: {
      input: {
        main: `${top}server/main.ts`,
        'roster-worker': `${top}server/features/campaigns/roster-worker.ts`,
        'export-worker': `${top}server/features/exports/export-worker.ts`,
      },
    },
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
  },
};

const project = (
  name: string,
  include: string[],
  slow: { limit: number; alone?: boolean; order: number; exclude?: string[] },
) => ({
  test: {
    name,
    include,
    exclude: slow.exclude ?? [],
    pool: 'forks' as const,
    setupFiles: [`${top}test/support/setup.ts`],
    testTimeout: slow.limit,
    hookTimeout: Math.max(30_000, slow.limit),
    // A condition is waited for, not slept for: on a loaded machine it may come late and is still right.
    expect: { poll: { timeout: slow.limit / 2 } },
    fileParallelism: !slow.alone,
    sequence: { groupOrder: slow.order },
  },
});

/** Files that ask for "a storage": they run on SQLite and once more on MongoDB. The others loop over both engines themselves. */
const onEitherEngine = [
  'access-matrix',
  'board',
  'board-history',
  'hostile-sockets',
  'http',
  'meeting-rows',
  'minutes',
  'pages',
  'pause-costs',
  'room-listeners',
  'secrets',
  'session',
  'session-list',
];

/** Integration files that take a minute or more: they run with the browsers, in `npm run test:slow`. */
const slowFiles = ['flood', 'restart'].map((name) => `test/integration/${name}.test.ts`);

function onMongo() {
  const once = project(
    'integration-mongo',
    onEitherEngine.map((name) => `test/integration/${name}.test.ts`),
    { limit: 60_000, order: 3 },
  );
  return { test: { ...once.test, env: { TEST_ENGINE: 'mongo' } } };
}

const tests = (noMongo: string | undefined): ViteUserConfig => ({
  root: top,
  test: {
    passWithNoTests: true,
    maxWorkers: 2,
    reporters: ['default', `${top}test/support/reporter.ts`],
    projects: [
      project('unit', ['test/unit/**/*.test.{ts,tsx}', 'test/*.test.ts'], { limit: 10_000, order: 0 }),
      project('contract', ['test/contract/**/*.test.ts'], { limit: 30_000, order: 1 }),
      project('integration', ['test/integration/**/*.test.ts'], {
        limit: 30_000,
        order: 2,
        exclude: slowFiles,
      }),
      ...(noMongo === undefined ? [onMongo()] : []),
      project('slow', slowFiles, { limit: 300_000, alone: true, order: 4 }),
      project('e2e', ['test/e2e/**/*.test.ts'], { limit: 300_000, order: 5 }),
    ],
  },
});

export default defineConfig(async ({ mode, isSsrBuild }) => {
  if (mode === 'test') {
    const { whyNoMongo } = await import('./test/support/mongo-server.ts');
    const noMongo = await whyNoMongo();
    if (noMongo !== undefined) process.stderr.write(`${noMongo}\n`);
    return tests(noMongo);
  }
  return isSsrBuild ? server : client;
});
