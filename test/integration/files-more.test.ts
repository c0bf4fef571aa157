import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentName, DRAFT_FIELD } from '../../shared/board.ts';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { type Fixture, makeFixture, TestClient } from '../support/client.ts';
import { parts } from '../support/documents.ts';
import { paragraphOf } from '../support/draft-parts.ts';
import { startServer, type TestServer } from '../support/server.ts';

const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? `${error.code} ${error.failure.reason}` : String(error)),
  );

describe('files beside the minutes', () => {
  let server: TestServer;
  let f: Fixture;
  let moderator: TestClient;
  let he: TestClient;
  let guest: TestClient;
  let sessionId: string;
  const act = () => ({ sessionId, id: newId() });
  const file = async (who: TestClient, url: string) => who.fetch(url);

  beforeAll(async () => {
    server = await startServer();
    f = await makeFixture(server.url, server.app.identity.adminLink);
    ({ sessionId } = f);
    moderator = await f.staff('周敏', 'moderator');
    he = await f.enter('何清');
    const link = await moderator.call('session.makeGuestLink', { sessionId, name: '来宾甲' });
    guest = new TestClient(server.url);
    await guest.call('identity.useLink', { secret: link.url.split('/').at(-1)!, name: '来宾甲' });
    await moderator.call('session.start', act());
  });
  afterAll(async () => {
    for (const client of [moderator, he, guest]) client.close();
    await server.close();
  });

  test('the record: what may be read of the meeting, for its desk alone, told by the audit', async () => {
    const record = (who: TestClient, format: 'docx' | 'md' = 'md') =>
      who.call('exports.record', { sessionId, format });
    await he.call('session.enter', act());
    await he.call('session.say', { ...act(), kind: 'problem', body: '材料多' });
    const gone = act();
    await he.call('session.say', { ...gone, kind: 'speech', body: '说错的话' });
    await he.call('session.recall', { ...act(), messageId: gone.id });
    const quiet = act();
    await he.call('session.say', { ...quiet, kind: 'speech', body: '不该说的话' });
    await moderator.call('session.hide', { ...act(), messageId: quiet.id });
    const personId = f.people.唐雨!;
    await moderator.call('session.attend', { ...act(), personId, status: 'leave', reason: '家中有事' });
    expect(await outcome(record(moderator))).toBe('WRONG_STATE session.not-ended');
    // A guest's way in ends with the meeting: asked while he is still here.
    expect(await outcome(record(guest))).toMatch(/^FORBIDDEN/);
    const draft = guest.call('exports.draft', { boardId: f.boardId, format: 'docx' });
    expect(await outcome(draft)).toMatch(/^(FORBIDDEN|NOT_FOUND)/);
    await moderator.call('session.end', { ...act(), carryOver: [] });

    const { url } = await record(moderator);
    const answer = await file(moderator, url);
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toMatch(/记录_.+_\d{8}\.md/);
    const words = await answer.text();
    expect(words).toContain('何清（问题）：材料多');
    expect(words).not.toMatch(/说错的话|不该说的话|家中有事/);
    const docx = await file(moderator, (await record(moderator, 'docx')).url);
    const document = parts(new Uint8Array(await docx.arrayBuffer()))['word/document.xml'];
    expect(document).toContain('何清（问题）：材料多');

    expect(await outcome(record(he))).toMatch(/^FORBIDDEN/);
    const rows = await f.admin.call('admin.audit', { limit: 50 });
    expect(rows.filter((row) => row.procedure === 'exports.record').map((row) => row.outcome)).toContain(
      'ok',
    );
  });

  test('the draft as DOCX: an empty one says so, and it is for the desk', async () => {
    const { boardId } = f;
    const draft = (who: TestClient) => who.call('exports.draft', { boardId, format: 'docx' });
    expect(await outcome(draft(moderator))).toBe('WRONG_STATE draft.empty');
    await server.app.documents.change(documentName('draft', boardId), (doc) =>
      doc.getXmlFragment(DRAFT_FIELD).push([paragraphOf('初步意见如下')]),
    );
    const answer = await file(moderator, (await draft(moderator)).url);
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toMatch(
      /讨论稿_.+_\d{8}\.docx/,
    );
    const document = parts(new Uint8Array(await answer.arrayBuffer()))['word/document.xml'];
    expect(document).toContain('初步意见如下');
    expect(document).toContain('仿宋_GB2312');
    expect(await outcome(draft(he))).toMatch(/^FORBIDDEN/);
  });
});
