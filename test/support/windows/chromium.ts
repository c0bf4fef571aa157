import { type BrowserKind, launchBrowser, openWindow } from '../browser.ts';
import type { Driver } from './driver.ts';

/** Chromium behind the same interface. */
export async function openChromium(kind: BrowserKind): Promise<Driver> {
  const browser = await launchBrowser(kind);
  const context = await openWindow(browser);
  const page = await context.newPage();
  return {
    async goto(url) {
      await page.goto(url);
    },
    resize: (width, height) => page.setViewportSize({ width, height }),
    run: (source, args) => page.evaluate(`(${source})(...${JSON.stringify(args)})`),
    click: (x, y) => page.mouse.click(x, y),
    type: (text) => page.keyboard.insertText(text),
    press: (key) => page.keyboard.press(key),
    async setCookies(url, cookies) {
      await context.addCookies(cookies.map((cookie) => ({ ...cookie, url })));
    },
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
}
