import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { sealDigest } from '../../server/features/minutes/rules.ts';
import { DRAFT_FIELD, readRows } from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';
import { TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { openFixture, PROGRAMS } from '../support/fixture.ts';
import { step1Frame } from '../support/frames.ts';
import { Editor, RawClient } from '../support/raw-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** What people have in an installation of an older program goes on: nothing is lost, nothing has to be done again. */
describe.each(PROGRAMS)('an installation as program %s left it', (program) => {
  let at: Awaited<ReturnType<typeof openFixture>>;
  let server: TestServer;

  beforeAll(async () => {
    at = await openFixture(program);
    server = await startServer({ storage: at.storage, now: () => Date.parse(at.old.madeAt) });
  });
  afterAll(async () => {
    await server.close();
    await at.close();
  });

  const browserOf = (name: string) => at.browser(server.url, name);
  const listOf = (client: TestClient) => client.call('session.get', { sessionId: at.old.running });
  const words = async (client: TestClient, url: string) => (await client.fetch(url)).text();

  it('has its four meetings in the state in which they were', async () => {
    const chair = browserOf('周敏');
    const phases = await Promise.all(
      [at.old.running, at.old.sealed, at.old.draft].map(async (sessionId) => {
        const { phase, minutesSealed } = await chair.call('session.get', { sessionId });
        return [phase, minutesSealed];
      }),
    );
    expect(phases).toEqual([
      ['live', false],
      ['ended', true],
      ['ended', false],
    ]);
  });

  it('has its sealed minutes word by word: the seal is that of the text, and files still come out', async () => {
    const chair = browserOf('周敏');
    const view = await chair.call('minutes.open', { sessionId: at.old.sealed });
    expect(view.sealed).toEqual(at.old.seal);
    expect(sealDigest(view.title, view.paragraphs)).toBe(at.old.seal.sha256);
    const ticket = await chair.call('exports.minutes', { sessionId: at.old.sealed, format: 'md' });
    expect(await words(chair, ticket.url)).toContain(at.old.seal.sha256);
  });

  it('keeps what was written by hand in a draft of minutes, which can be edited and sealed', async () => {
    const chair = browserOf('周敏');
    const sessionId = at.old.draft;
    const view = await chair.call('minutes.open', { sessionId });
    for (const { id, text } of at.old.edited)
      expect(view.paragraphs.find((each) => each.id === id)?.edited?.text).toBe(text);
    const { id: paragraphId, rev } = view.paragraphs.find((each) => each.kind === 'text' && !each.edited)!;
    const text = '改过的一段。';
    const edited = await chair.call('minutes.edit', { sessionId, paragraphId, rev, text });
    const { sealed } = await chair.call('minutes.seal', { sessionId, version: edited.version });
    expect(sealed?.by).toBe('周敏');
  });

  it('has its list and its draft, and takes more words', async () => {
    const { boardId } = at.old;
    const chair = browserOf('周敏');
    await chair.call('identity.me', {});
    for (const doc of [`list.${boardId}`, `draft.${boardId}`]) {
      const url = `${server.url.replace('http', 'ws')}/collab`;
      const client = await new RawClient(url, doc, undefined, { cookie: chair.cookie }).opened();
      const editor = new Editor(client, new Y.Doc());
      client.send(step1Frame(new Uint8Array([0])));
      await until('it is in', () => editor.told > 0 && client.durable === editor.told);
      if (doc.startsWith('list')) expect(readRows(editor.doc).rows.length).toBeGreaterThan(5);
      else
        expect(JSON.stringify(editor.doc.getXmlFragment(DRAFT_FIELD).toJSON()).length).toBeGreaterThan(500);
      editor.doc.getMap('of-this-test').set('word', '好');
      await until('it is saved', () => client.durable === editor.told);
      client.ws.terminate();
    }
  });

  it('lets the guest in by the link that was sent before', async () => {
    const guest = new TestClient(server.url);
    const { actor } = await guest.call('identity.useLink', { secret: at.old.guestLink, name: '吕老师' });
    expect(actor).toMatchObject({ kind: 'person', name: '吕老师' });
  });

  it('goes on with the meeting that was live: people come in, speak, and it ends in minutes', async () => {
    const { running: sessionId } = at.old;
    const act = () => ({ sessionId, id: newId() });
    const [chair, he] = [browserOf('周敏'), browserOf('何清')];
    const before = await chair.call('session.open', { sessionId });
    expect(before.state.phase).toBe('live');
    await he.call('session.join', { code: at.old.code, personId: at.old.people['何清']! });
    await he.call('session.enter', act());
    const said = await he.call('session.say', { ...act(), kind: 'suggestion', body: '更新以后也能接着说。' });
    expect(said.seq).toBeGreaterThan(before.state.seq);
    const messageId = said.kind === 'said' ? said.id : '';
    await chair.call('session.mark', { ...act(), messageId });
    await chair.call('session.end', { ...act(), carryOver: [] });
    const { paragraphs } = await chair.call('minutes.open', { sessionId });
    expect(JSON.stringify(paragraphs)).toContain('更新以后也能接着说');
    expect((await listOf(chair)).phase).toBe('ended');
  });

  it('lists its people, its sessions and what was audited, and says who is in use', async () => {
    const office = browserOf('宋知微');
    const { campaignId, people } = at.old;
    const roster = await office.call('campaigns.people', { campaignId });
    expect(roster.length).toBeGreaterThan(15);
    const personId = people['何清']!;
    await expect(office.call('campaigns.removePerson', { campaignId, personId })).rejects.toMatchObject({
      failure: { reason: 'person.in-use' },
    });
    expect((await office.call('admin.audit', { limit: 100 })).length).toBeGreaterThan(0);
  });
});
