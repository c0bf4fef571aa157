import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { WebSocket } from 'ws';
import { type LiveDocument, openDocument } from '../../client/lib/doc/open-document.ts';
import { createApp } from '../../server/app.ts';
import { createLog } from '../../server/platform/log.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { builtPages } from '../../server/transport/static.ts';
import type { BoardView } from '../../shared/contract/board.ts';
import { newId } from '../../shared/ids.ts';
import { build } from './built.ts';
import { TestClient } from './client.ts';
import { logStream } from './errors.ts';
import { disk } from './open-live.ts';
import { testConfig } from './server.ts';

/** A whole server with its pages and a campaign, for tests that look at boards through a browser. */
export interface BoardSite {
  /** A new unit's board, empty; `path` is its page. */
  board(): Promise<BoardView & { path: string }>;
  /** Another person's end of a live document. */
  peer(name: string): LiveDocument;
  /** What makes a browser the administrator's. */
  cookies(): { name: string; value: string }[];
  /** Makes this browser the administrator's. */
  signIn(context: BrowserContext): Promise<void>;
  url: string;
  close(): Promise<void>;
}

/** The end of a live document that another device has open; destroy it. */
export function openPeer({ url, cookie }: TestClient, name: string): LiveDocument {
  const socket = class extends WebSocket {
    constructor(address: string, protocols?: string[]) {
      super(address, protocols, { headers: { cookie } });
    }
  } as unknown as typeof globalThis.WebSocket;
  return openDocument({
    name,
    person: { id: 'peer', name: '陆远航' },
    url: `${url.replace('http', 'ws')}/collab`,
    socket,
    outbox: { factory: disk() },
  });
}

export async function startBoardSite(): Promise<BoardSite> {
  build();
  // a copy: whoever builds meanwhile takes the old files away
  const pages = mkdtempSync(join(tmpdir(), 'poli-pages-'));
  cpSync('dist/client', pages, { recursive: true });
  const storage = await openSqlite(':memory:');
  const log = createLog('warn', logStream);
  const app = await createApp({
    config: testConfig,
    storage,
    log,
    pages: (express) => builtPages(express, pages),
  });
  const url = `http://127.0.0.1:${await app.listen()}`;
  const office = new TestClient(url);
  const secret = (await app.identity.adminLink(url)).url.split('/').at(-1)!;
  const who = { name: '周敏', login: 'office', password: 'spring-2018-garden' };
  await office.call('identity.useLink', { secret, ...who });
  const campaignId = newId();
  const templateId = (await office.call('campaigns.templates', {}))[0]!.templateId;
  const campaign = { campaignId, name: '解放思想大讨论', slogan: '', sponsor: '教科所', templateId };
  await office.call('campaigns.create', campaign);
  const cookies = () => [...office.cookies].map(([name, value]) => ({ name, value }));
  const peers = new Set<LiveDocument>();
  let units = 0;
  return {
    url,
    async board() {
      const unitId = newId();
      await office.call('campaigns.addUnit', { campaignId, unitId, name: `第 ${++units} 科` });
      const view = await office.call('board.open', { campaignId, unitId });
      return { ...view, path: `${url}/c/${campaignId}/boards/${unitId}` };
    },
    peer(name) {
      const live = openPeer(office, name);
      peers.add(live);
      return live;
    },
    cookies,
    async signIn(context) {
      await context.addCookies(cookies().map((cookie) => ({ ...cookie, url })));
    },
    async close() {
      for (const peer of peers) peer.destroy();
      await app.close();
      await storage.close();
      rmSync(pages, { recursive: true });
    },
  };
}
