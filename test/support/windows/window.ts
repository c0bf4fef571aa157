import { writeFileSync } from 'node:fs';
import type { Cookie, Driver, Key } from './driver.ts';
import { findPlace, isShown, readField } from './in-page.ts';

/** How long a person would wait for something to come, in ms. */
const PATIENCE = 20_000;

/**
 * One person's window in any engine. Things are called by what a person reads or hears: the words of a button, the
 * label of a field. Each deed waits until it can be done; what does not come in time throws with what was waited for.
 */
export class Window {
  readonly driver: Driver;

  constructor(driver: Driver) {
    this.driver = driver;
  }

  goto = (url: string): Promise<void> => this.driver.goto(url);
  resize = (width: number, height: number): Promise<void> => this.driver.resize(width, height);
  press = (key: Key): Promise<void> => this.driver.press(key);
  /** Into whatever has the focus. */
  type = (text: string): Promise<void> => this.driver.type(text);
  signIn = (url: string, cookies: readonly Cookie[]): Promise<void> => this.driver.setCookies(url, cookies);
  close = (): Promise<void> => this.driver.close();

  /** Calls a function in the page; it sees nothing but its arguments, which are values of JSON. */
  run<A extends unknown[], R>(call: (...args: A) => R, ...args: A): Promise<Awaited<R>> {
    return this.driver.run(call.toString(), args) as Promise<Awaited<R>>;
  }

  /** Presses a button, a link, a tab, a field or anything else that has this name, in the middle of it. */
  async click(name: string): Promise<void> {
    const place = await this.#wait(`${name} can be pressed`, () => this.run(findPlace, name));
    await this.driver.click(place.x, place.y);
  }

  /** Waits until these words can be read. */
  async see(words: string): Promise<void> {
    await this.#wait(`${words} can be read`, async () => (await this.run(isShown, words)) || undefined);
  }

  /** What a field holds, by its label; undefined while there is none. */
  value = (label: string): Promise<string | null> => this.run(readField, label);

  /** Goes into a field and types. */
  async fill(label: string, text: string): Promise<void> {
    await this.click(label);
    await this.type(text);
  }

  path = (): Promise<string> => this.run(() => location.pathname);

  async screenshot(file: string): Promise<void> {
    writeFileSync(file, await this.driver.screenshot());
  }

  async #wait<T>(what: string, look: () => Promise<T | null | undefined>): Promise<T> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      // A page that is just being left answers nothing.
      const found = await look().catch(() => undefined);
      if (found !== null && found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`waited in vain: ${what}; ${await this.#shown()}`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  #shown = (): Promise<string> =>
    this.run(() => `${location.pathname} shows: ${document.body.innerText.slice(0, 1500)}`);
}
