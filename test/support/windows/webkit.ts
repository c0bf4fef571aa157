import { existsSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { until } from '../collab-server.ts';
import { freePort } from '../program.ts';
import { clickAt, type Driver, jsonCall, KEYS } from './driver.ts';
import { type Group, programAt, startGroup } from './group.ts';

const LIBRARIES = '/usr/lib';

/** Debian keeps the browser of the engine beside its library, in a folder named after the machine. */
const miniBrowser = existsSync(LIBRARIES)
  ? readdirSync(LIBRARIES)
      .map((folder) => `${LIBRARIES}/${folder}/webkit2gtk-4.1/MiniBrowser`)
      .find((path) => existsSync(path))
  : undefined;

export const webkitMissing =
  miniBrowser && programAt('WebKitWebDriver') && programAt('Xvfb')
    ? undefined
    : 'no WebKitGTK on this machine: install the packages `webkit2gtk-driver` and `xvfb`';

const SIZE = 'return `${innerWidth},${innerHeight}`';

/** Containers have no GPU and no user namespaces of their own. */
const SURROUNDINGS = {
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  NO_AT_BRIDGE: '1',
  GTK_A11Y: 'none',
  LANG: 'zh_CN.UTF-8',
  LANGUAGE: 'zh_CN',
  TZ: 'Asia/Shanghai',
};

/** WebKitGTK, the engine of Safari, on a screen in memory, told by plain WebDriver. No narrower than 334 px. */
export async function openWebkit(): Promise<Driver> {
  const screen = startGroup('Xvfb', ['-displayfd', '3', '-screen', '0', '2000x1400x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  let driver: Group | undefined;
  const close = async () => {
    await driver?.end();
    await screen.end();
  };
  try {
    const [display] = await new Promise<string[]>((resolve, reject) => {
      const told = createInterface({ input: screen.child.stdio[3] as Readable });
      told.once('line', (line) => resolve([line]));
      told.once('close', () => reject(new Error('Xvfb ended before it showed anything')));
    });
    const port = await freePort();
    driver = startGroup('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      env: { ...SURROUNDINGS, DISPLAY: `:${display}` },
    });
    const base = `http://127.0.0.1:${port}`;
    const answers = () =>
      fetch(`${base}/status`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until('WebKitWebDriver answers', answers, 20_000);
    return await speak(base, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function ask(method: string, url: string, body?: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { value } = (await answer.json()) as { value: { error?: string; message?: string } | null };
  if (!answer.ok) throw new Error(`${value?.error}: ${value?.message}`);
  return value;
}

async function speak(base: string, close: () => Promise<void>): Promise<Driver> {
  const args = ['--automation', '--javascript-can-open-windows-automatically=true'];
  const { sessionId } = (await ask('POST', `${base}/session`, {
    capabilities: {
      alwaysMatch: {
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: miniBrowser, args },
      },
    },
  })) as { sessionId: string };
  const at = `${base}/session/${sessionId}`;
  await openBareWindow(at);
  const perform = async (actions: unknown) => {
    await ask('POST', `${at}/actions`, { actions });
  };
  const type = async (text: string) => {
    // By the element: keys alone know only what stands on a keyboard.
    const element = (await ask('GET', `${at}/element/active`)) as Record<string, string>;
    await ask('POST', `${at}/element/${Object.values(element)[0]}/value`, { text });
  };
  return {
    async goto(url) {
      await ask('POST', `${at}/url`, { url });
    },
    async resize(width, height) {
      // Asked again: a window that is not on the screen yet does not listen.
      await until(`WebKit is ${width} px wide`, async () => {
        await ask('POST', `${at}/window/rect`, { width, height });
        return (await ask('POST', `${at}/execute/sync`, { script: SIZE, args: [] })) === `${width},${height}`;
      });
    },
    async run(source, values) {
      const script = `const [json, done] = arguments;
        (${jsonCall(source)})(json).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const sent = { script, args: [JSON.stringify(values)] };
      const answer = (await ask('POST', `${at}/execute/async`, sent)) as { value?: string; error?: string };
      if (answer.value === undefined) throw new Error(answer.error);
      return JSON.parse(answer.value) as unknown;
    },
    click: (x, y) => perform(clickAt(x, y)),
    type,
    press: (key) => type(KEYS[key]),
    async setCookies(url, cookies) {
      await ask('POST', `${at}/url`, { url });
      for (const { name, value } of cookies)
        await ask('POST', `${at}/cookie`, { cookie: { name, value, path: '/', httpOnly: true } });
    },
    screenshot: async () => Buffer.from((await ask('GET', `${at}/screenshot`)) as string, 'base64'),
    async close() {
      await ask('DELETE', at).catch(() => undefined);
      await close();
    },
  };
}

/** The browser's own bar holds a window at 447 px: one that a page opens without a bar can be as narrow as a phone. */
async function openBareWindow(at: string): Promise<void> {
  const first = await ask('GET', `${at}/window`);
  const script =
    'return window.open("about:blank", "_blank", "popup,width=800,height=700,toolbar=no,menubar=no,location=no") !== null';
  if ((await ask('POST', `${at}/execute/sync`, { script, args: [] })) !== true)
    throw new Error('WebKit opened no second window');
  let handle: string | undefined;
  await until('WebKit has a second window', async () => {
    handle = ((await ask('GET', `${at}/window/handles`)) as string[]).find((each) => each !== first);
    return handle !== undefined;
  });
  await ask('POST', `${at}/window`, { handle });
}
