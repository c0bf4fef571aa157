import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

/** `current`: the machine's own Chromium; `old`: Chromium 109, the floor (the last on Windows 7). */
export type BrowserKind = 'current' | 'old';

/** A name that is not localhost: to a browser it is as insecure as any address of a school's network. */
export const outsideHost = 'poli.test';

const oldPackage = fileURLToPath(new URL('../browsers/', import.meta.url));

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=zh-CN',
  `--host-resolver-rules=MAP ${outsideHost} 127.0.0.1`,
];

function currentBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

function missing(kind: BrowserKind): string | undefined {
  if (kind === 'current') {
    return currentBrowser() ? undefined : 'no Chromium on this machine: install the package `chromium`';
  }
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return 'Chromium 109 comes for Linux on x64 only';
  const fetched = existsSync(join(oldPackage, 'node_modules/@sparticuz/chromium/bin/chromium.br'));
  return fetched ? undefined : 'Chromium 109 is not fetched: run `npm ci` in test/browsers';
}

const kinds: { kind: BrowserKind; title: string }[] = [
  { kind: 'current', title: "the system's Chromium" },
  { kind: 'old', title: 'Chromium 109' },
];

/**
 * For `describe.each(browsers)('on $title', ({ kind, missing }) => …)`. Where `missing` is set the tests skip with it as
 * their printed reason: `beforeEach((test) => test.skip(missing !== undefined, missing))`.
 */
export const browsers = kinds.map((each) => ({ ...each, missing: missing(each.kind) }));

/** Starts a browser; close it in `afterAll`. Throws what to install when it is missing. */
export function launchBrowser(kind: BrowserKind): Promise<Browser> {
  const reason = missing(kind);
  if (reason) throw new Error(reason);
  if (kind === 'current') return chromium.launch({ executablePath: currentBrowser() ?? '', args: flags });
  const unpacked = execFileSync(process.execPath, [join(oldPackage, 'unpack.mjs')], { encoding: 'utf8' });
  // the old one has no zygote of its own and knows only the first kind of headless
  return chromium.launch({
    executablePath: unpacked.trim(),
    args: [...flags, '--headless', '--no-zygote'],
    ignoreDefaultArgs: ['--headless=new'],
  });
}

/** A person's own browser window, Chinese and in China's time; 1440 × 900 unless told. */
export function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    ...options,
  });
}

/** A phone of 360 px with a finger. */
export const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};
