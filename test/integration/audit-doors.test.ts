import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Storage } from '../../server/storage/port.ts';
import { beginMeeting, closeMeetings } from '../support/meeting.ts';
import { openTestStorage } from '../support/test-storage.ts';

let storage: Storage;
beforeAll(async () => {
  storage = await openTestStorage();
});
afterAll(() => storage.close());
closeMeetings();

test('what is turned away at a door before it is a call is in the audit: another site, nobody, a frame that breaks a rule', async () => {
  const m = await beginMeeting(storage);
  await m.moderator.fetch('/api/sign-out', { method: 'POST', headers: { origin: 'http://evil.example' } });
  const { list } = await m.moderator.call('board.get', { boardId: m.boardId });
  const collab = `${m.url.replace('http', 'ws')}/collab/${list}`;
  const nobody = new WebSocket(collab);
  await new Promise((gone) => nobody.on('close', gone));
  const cookie = [...m.moderator.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const forger = new WebSocket(collab, { headers: { cookie } });
  await new Promise((open) => forger.on('open', open));
  // A step 2 whose update is no update.
  forger.send(Uint8Array.of(0, 2, 3, 255, 255, 255));
  const seen = async () =>
    (await m.admin.call('admin.audit', { limit: 50 })).map(
      (row) => `${row.procedure} ${row.outcome} ${row.reason}`,
    );
  await expect
    .poll(seen)
    .toEqual(
      expect.arrayContaining([
        ' FORBIDDEN origin.foreign',
        ' UNAUTHENTICATED sign.in',
        expect.stringMatching(/^collab\.frame FORBIDDEN frame: /),
      ]),
    );
  forger.close();
});
