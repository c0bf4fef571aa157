import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { type Fixture, makeFixture, type TestClient } from '../support/client.ts';
import { commasFirst, farCell, manySheets, spaces } from '../support/hostile-rosters.ts';
import { startServer, type TestServer } from '../support/server.ts';

const PARAGRAPH = '会议认为，问题的共同根子是没有人牵头，习惯于等待部署，要从自己做起、从现在改起。'.repeat(
  120,
);

describe('files never stand on the loop', () => {
  let server: TestServer;
  let f: Fixture;
  let chair: TestClient;

  beforeAll(async () => {
    server = await startServer();
    f = await makeFixture(server.url, server.app.identity.adminLink);
    chair = await f.staff('周敏', 'moderator');
  });
  afterAll(async () => {
    chair.close();
    await server.close();
  });

  const importing = (fileName: string, file: Uint8Array) =>
    f.admin.call(
      'campaigns.importRoster',
      { campaignId: f.campaignId, importId: newId(), fileName, apply: false },
      file,
    );

  /** A meeting with as many long speeches, ended. */
  async function meeting(speeches: number): Promise<string> {
    const sessionId = newId();
    const act = () => ({ sessionId, id: newId() });
    await f.admin.call('session.create', {
      ...{ campaignId: f.campaignId, sessionId, roomId: f.roomId, unitId: f.unitId, place: '' },
      ...{ title: '第二次线上座谈会', plannedAt: '2026-03-18T06:30:00.000Z', plannedMinutes: 60 },
      ...{ agenda: f.agenda.map((item) => ({ ...item, id: newId() })) },
      ...{ expectedUnits: [f.unitId], expectedPeople: [] },
    });
    await chair.call('session.enter', act());
    await chair.call('session.start', act());
    for (let n = 0; n < speeches; n++)
      await chair.call('session.say', { ...act(), kind: 'problem', body: PARAGRAPH });
    await chair.call('session.end', { ...act(), carryOver: [] });
    return sessionId;
  }

  it('a roster that is a trap is answered with what is wrong, and others are served meanwhile', async () => {
    let over = false;
    const traps = Promise.all([
      importing('远.xlsx', farCell()),
      importing('逗号.csv', commasFirst(3_000_000)),
      importing('空白.xlsx', spaces(1000, 800)),
      importing('六十校.xlsx', manySheets(180)),
    ]).finally(() => {
      over = true;
    });
    let served = 0;
    for (; !over; served++) await (await fetch(`${server.url}/healthz`)).text();
    const [far, commas, blanks, schools] = await traps;
    expect(far.problems).toEqual([{ line: 0, column: '', reason: 'roster.far-cell', value: 'XFD1048576' }]);
    expect(blanks.problems).toMatchObject([{ reason: 'roster.too-large' }]);
    expect(commas.rows.map((row) => row.name)).toEqual(['何清']);
    // one line in each of its sheets
    expect(schools.rows.map((row) => row.name)).toEqual(Array.from({ length: 180 }, () => '何清'));
    expect(served).toBeGreaterThan(20);
  });

  it('a long PDF is set while others are served; who comes when others wait is told so, and it works later', async () => {
    const sessionId = await meeting(4);
    const mint = () => chair.call('exports.minutes', { sessionId, format: 'pdf' });
    const tickets = await Promise.all(Array.from({ length: 4 }, mint));
    let done = 0;
    const files = tickets.map(async ({ url }) => {
      const answer = await chair.fetch(url);
      done++;
      return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
    });
    const busy = async () => {
      const error = await mint().catch((thrown: unknown) => thrown);
      return error instanceof AppError && error.failure.reason === 'work.busy';
    };
    await expect.poll(busy).toBe(true);
    const rows = await f.admin.call('admin.audit', { limit: 100 });
    expect(rows.filter((row) => row.procedure === 'exports.minutes')).toHaveLength(4);
    let served = 0;
    for (; done === 0; served++) await (await fetch(`${server.url}/healthz`)).text();
    expect(served).toBeGreaterThan(20);
    for (const { status, bytes } of await Promise.all(files)) {
      expect(status).toBe(200);
      expect(new TextDecoder().decode(bytes.subarray(0, 5))).toBe('%PDF-');
    }
    expect(await chair.fetch((await mint()).url).then((answer) => answer.status)).toBe(200);
  });

  it('DOCX and lists do not wait behind a PDF', async () => {
    const sessionId = await meeting(4);
    const mint = () => chair.call('exports.minutes', { sessionId, format: 'pdf' });
    const tickets = await Promise.all(Array.from({ length: 4 }, mint));
    let set = false;
    const pdfs = Promise.all(tickets.map(async ({ url }) => (await chair.fetch(url)).arrayBuffer())).then(
      () => {
        set = true;
      },
    );
    const docx = await chair.call('exports.minutes', { sessionId, format: 'docx' });
    const list = await chair.call('exports.list', { boardId: f.boardId, format: 'xlsx' });
    for (const ticket of [docx, list]) {
      const answer = await chair.fetch(ticket.url);
      expect(answer.status).toBe(200);
      expect(new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 2))).toBe('PK');
    }
    expect(set).toBe(false);
    await pdfs;
  });

  it('a link that is none is answered to a person in sentences, to a program in JSON', async () => {
    const unknown = `/files/${'x'.repeat(43)}/a.pdf`;
    const page = await chair.fetch(unknown, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(await page.text()).toMatch(/<h1>.+<\/h1><p lang="en">.+<\/p>/);
    expect(await (await chair.fetch(unknown)).json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});
