import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { clickAt, type Driver, jsonCall, KEYS, typing } from './driver.ts';
import { programAt, startGroup } from './group.ts';

export const firefoxMissing = programAt('firefox-esr')
  ? undefined
  : 'no Firefox ESR on this machine: install the package `firefox-esr`';

const PREFERENCES = {
  'intl.accept_languages': 'zh-CN',
  'intl.locale.requested': 'zh-CN',
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'services.settings.server': 'http://127.0.0.1:1/',
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
};

/** Firefox ESR, headless, told by WebDriver BiDi over its own socket. */
export async function openFirefox(): Promise<Driver> {
  const profile = mkdtempSync(join(tmpdir(), 'poli-firefox-'));
  const lines = Object.entries(PREFERENCES).map(([k, v]) => `user_pref("${k}", ${JSON.stringify(v)});`);
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const group = startGroup(
    programAt('firefox-esr')!,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0'],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { TZ: 'Asia/Shanghai' } },
  );
  const close = async () => {
    await group.end();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const said = createInterface({ input: group.child.stderr! });
    const address = await new Promise<string>((resolve, reject) => {
      said.on('line', (line) => {
        const found = /listening on (ws:\S+)/.exec(line)?.[1];
        if (found) resolve(found);
      });
      said.on('close', () => reject(new Error('Firefox ended before it listened')));
    });
    return await speak(await BidiLine.open(`${address}/session`), close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function speak(line: BidiLine, close: () => Promise<void>): Promise<Driver> {
  await line.send('session.new', { capabilities: {} });
  const { contexts } = (await line.send('browsingContext.getTree', {})) as {
    contexts: { context: string }[];
  };
  const { context } = contexts[0]!;
  const perform = async (actions: unknown) => {
    await line.send('input.performActions', { context, actions });
  };
  return {
    async goto(url) {
      await line.send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async resize(width, height) {
      await line.send('browsingContext.setViewport', { context, viewport: { width, height } });
    },
    async run(source, args) {
      const answer = (await line.send('script.callFunction', {
        functionDeclaration: jsonCall(source),
        arguments: [{ type: 'string', value: JSON.stringify(args) }],
        target: { context },
        awaitPromise: true,
        userActivation: true,
      })) as { result?: { value: string }; exceptionDetails?: { text: string } };
      if (!answer.result) throw new Error(answer.exceptionDetails?.text);
      return JSON.parse(answer.result.value) as unknown;
    },
    click: (x, y) => perform(clickAt(x, y)),
    type: (text) => perform(typing([...text])),
    press: (key) => perform(typing([KEYS[key]])),
    async setCookies(url, cookies) {
      for (const { name, value } of cookies) {
        const cookie = {
          name,
          value: { type: 'string', value },
          domain: new URL(url).hostname,
          httpOnly: true,
        };
        await line.send('storage.setCookie', { cookie });
      }
    },
    async screenshot() {
      const shot = (await line.send('browsingContext.captureScreenshot', { context })) as { data: string };
      return Buffer.from(shot.data, 'base64');
    },
    async close() {
      line.close();
      await close();
    },
  };
}

/** Questions and answers of WebDriver BiDi. */
class BidiLine {
  readonly #socket: WebSocket;
  readonly #asked = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const answer = JSON.parse(String(data)) as {
        id?: number;
        result?: unknown;
        error?: string;
        message?: string;
      };
      const asked = this.#asked.get(answer.id ?? -1);
      if (!asked) return;
      this.#asked.delete(answer.id!);
      if (answer.error) asked.reject(new Error(`${answer.error}: ${answer.message}`));
      else asked.resolve(answer.result);
    });
    socket.on('close', () => {
      for (const { reject } of this.#asked.values()) reject(new Error('Firefox has gone'));
    });
  }

  static open(address: string): Promise<BidiLine> {
    const socket = new WebSocket(address);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(new BidiLine(socket)));
      socket.once('error', reject);
    });
  }

  send(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close(): void {
    this.#socket.close();
  }
}
