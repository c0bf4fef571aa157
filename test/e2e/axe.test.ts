import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browsers, launchBrowser, openWindow, phone } from '../support/browser.ts';
import { build } from '../support/built.ts';
import { type Program, startProgram } from '../support/program.ts';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const wide: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
const missing = browsers.find(({ kind }) => kind === 'current')?.missing;

let data: string;
let program: Program;
let browser: Browser;
let axe: string;
let addresses: string[];
let signedIn: Awaited<ReturnType<Awaited<ReturnType<typeof openWindow>>['storageState']>>;

/** What the demonstration prints: whose link is where. */
function linksOf(printed: string): { administrator: string; code: string } {
  const administrator = /Administrator.*?(\/l\/\S+)/.exec(printed)?.[1] ?? '';
  return { administrator, code: /\/j\/(\d{6})/.exec(printed)?.[1] ?? '' };
}

async function placesOf(page: Page, code: string): Promise<string[]> {
  const me = (path: string) =>
    page.evaluate(async (url) => (await fetch(url)).json() as Promise<unknown>, `/api${path}`);
  const campaigns = (await me('/campaigns')) as { campaignId: string }[];
  const campaign = `/c/${campaigns[0]!.campaignId}`;
  const { cards: sessions } = (await me(`/campaigns/${campaigns[0]!.campaignId}/sessions`)) as {
    cards: { sessionId: string; phase: string }[];
  };
  const running = sessions.find(({ phase }) => phase === 'live')!;
  const ended = sessions.find(({ phase }) => phase === 'ended')!;
  const { unitId } = (await me(`/sessions/${running.sessionId}`)) as { unitId: string };
  const room = `/s/${running.sessionId}`;
  return [
    ...['/', '/sign-in', '/me', '/j', `/j/${code}`, '/new', '/audit', '/nowhere', campaign],
    ...['', '/people', '/units', '/rooms', '/roles'].map((tab) => `${campaign}/settings${tab}`),
    ...[`${campaign}/sessions`, `${campaign}/sessions/new`, `${campaign}/boards/${unitId}`],
    ...[room, `${room}/settings`, `${room}/screen`, `/s/${ended.sessionId}/minutes`],
  ];
}

beforeAll(async () => {
  if (missing !== undefined) return;
  build();
  data = await mkdtemp(join(tmpdir(), 'poli-axe-'));
  const env = { ...process.env, DATA_DIR: data, LOG_LEVEL: 'warn' };
  const printed = execFileSync(process.execPath, ['dist/server/main.js', 'demo', '--fill'], {
    env,
    encoding: 'utf8',
  });
  const { administrator, code } = linksOf(printed);
  program = await startProgram({ DATA_DIR: data });
  browser = await launchBrowser('current');
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const context = await openWindow(browser);
  const page = await context.newPage();
  await page.goto(program.url + administrator);
  await page.waitForURL((at) => !at.pathname.startsWith('/l/'));
  addresses = await placesOf(page, code);
  signedIn = await context.storageState();
  await context.close();
});

afterAll(async () => {
  await browser?.close();
  await program?.kill('SIGTERM');
  if (data) await rm(data, { recursive: true, force: true });
});

/** Waits until nothing is a skeleton any more, then lets axe look. */
async function findings(page: Page): Promise<string[]> {
  await page.locator('main, [role=main]').first().waitFor();
  await expect.poll(() => page.getByRole('status', { name: '正在载入' }).count()).toBe(0);
  await page.evaluate(axe);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await violations(page)).map((each) => `${colorScheme} ${each}`));
  }
  return found;
}

async function violations(page: Page): Promise<string[]> {
  const results = await page.evaluate(
    (levels) =>
      (globalThis as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run({
        runOnly: levels,
      }),
    LEVELS,
  );
  return results.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(' ')}`));
}

describe.each([
  { size: '1440 px', options: wide },
  { size: '360 px', options: phone },
])('every page at $size, light and dark', ({ options }) => {
  test('has nothing against WCAG A and AA', async (context) => {
    context.skip(missing !== undefined, missing);
    const window = await openWindow(browser, { ...options, storageState: signedIn });
    const page = await window.newPage();
    const found: string[] = [];
    for (const address of addresses) {
      await page.goto(program.url + address);
      found.push(...(await findings(page)).map((finding) => `${address}: ${finding}`));
    }
    await window.close();
    expect(found).toEqual([]);
  });
});
