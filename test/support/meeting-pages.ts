import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { newId } from '../../shared/ids.ts';
import { type BrowserKind, launchBrowser, openWindow } from './browser.ts';
import { build } from './built.ts';
import { type Fixture, makeFixture, type TestClient } from './client.ts';
import { until } from './collab-server.ts';
import { type Program, startProgram } from './program.ts';

/** A meeting that is going on, on the built program, with people whose windows open inside. */
export interface MeetingPages {
  readonly program: Program;
  readonly browser: Browser;
  readonly f: Fixture;
  readonly chair: TestClient;
  /** Another meeting, begun, with its own code; what was done in the last one does not disturb it. */
  meeting(): Promise<{ sessionId: string; code: string }>;
  /** A window with what `who` has proven. */
  window(who: TestClient, options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page of such a window, opened at this path. */
  page(context: BrowserContext, path: string): Promise<Page>;
  close(): Promise<void>;
}

export async function openMeetingPages(kind: BrowserKind): Promise<MeetingPages> {
  build();
  const folder = await mkdtemp(join(tmpdir(), 'poli-pages-'));
  const program = await startProgram({ DATA_DIR: folder });
  await until('the first link is printed', () => program.adminLink !== '', 10_000);
  const f = await makeFixture(program.url, () => Promise.resolve({ url: program.adminLink }));
  const chair = await f.staff('周敏', 'moderator');
  const browser = await launchBrowser(kind);
  return {
    program,
    browser,
    f,
    chair,
    async meeting() {
      const sessionId = newId();
      const { campaignId, roomId, unitId } = f;
      const planned = { plannedAt: '2026-03-18T06:30:00.000Z', plannedMinutes: 60, place: '' };
      const { code } = await f.admin.call('session.create', {
        ...{ campaignId, sessionId, roomId, unitId, ...planned, title: '又一次座谈会' },
        agenda: f.agenda.map((item) => ({ ...item, id: newId() })),
        ...{ expectedUnits: [unitId], expectedPeople: [] },
      });
      await chair.call('session.start', { sessionId, id: newId() });
      await chair.call('session.enter', { sessionId, id: newId() });
      return { sessionId, code };
    },
    async window(who, options) {
      const context = await openWindow(browser, options);
      const cookies = [...who.cookies].map(([name, value]) => ({ name, value, url: program.url }));
      await context.addCookies(cookies);
      return context;
    },
    async page(context, path) {
      const page = await context.newPage();
      await page.goto(`${program.url}${path}`);
      return page;
    },
    async close() {
      await browser.close();
      await program.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
