import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const top = fileURLToPath(new URL('.', import.meta.url));

/**
 * The pages. `index.html` is rendered per request: the server replaces `CSP_NONCE_PLACEHOLDER` (Vite puts it on every
 * script, style and link, and into a meta tag that late styles read) by the nonce of the response.
 */
const client: ViteUserConfig = {
  root: `${top}client`,
  base: '/',
  plugins: [react()],
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
  },
};

/** The server: one bundle for plain node; what stands in node_modules stays there. */
const server: ViteUserConfig = {
  root: top,
  publicDir: false,
  build: {
    ssr: 'server/main.ts',
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
  slow: { limit: number; alone?: boolean; order: number },
) => ({
  test: {
    name,
    include,
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

const tests: ViteUserConfig = {
  root: top,
  test: {
    passWithNoTests: true,
    maxWorkers: 2,
    reporters: ['default', `${top}test/support/reporter.ts`],
    projects: [
      project('unit', ['test/unit/**/*.test.{ts,tsx}', 'test/*.test.ts'], { limit: 10_000, order: 0 }),
      project('contract', ['test/contract/**/*.test.ts'], { limit: 30_000, order: 1 }),
      project('integration', ['test/integration/**/*.test.ts'], { limit: 30_000, order: 2 }),
      project('e2e', ['test/e2e/**/*.test.ts'], { limit: 300_000, alone: true, order: 3 }),
    ],
  },
};

export default defineConfig(({ mode, isSsrBuild }) => {
  if (mode === 'test') return tests;
  return isSsrBuild ? server : client;
});
