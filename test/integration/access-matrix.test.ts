import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type InputOf, type ProcedureName, procedures } from '../../shared/contract/index.ts';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { ROWS } from '../support/access-rows.ts';
import { makeWorld, ROLES, type RoleName, type World } from '../support/access-world.ts';
import { TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { RawClient } from '../support/raw-client.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { step1Frame, updateFrame } from '../support/frames.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const CELL: Record<string, string> = { UNAUTHENTICATED: 'U', FORBIDDEN: 'F', NOT_FOUND: 'N' };

let server: TestServer;
let world: World;
const devices = new Map<RoleName, TestClient>();

beforeAll(async () => {
  server = await startServer();
  world = await makeWorld(server);
  for (const role of ROLES) devices.set(role, await world.device(role));
});
afterAll(async () => {
  for (const device of devices.values()) device.close();
  await server.close();
});

/** The letter of what came back: wrong words at an open door are no refusal of the right to knock. */
async function letter(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return 'a';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, reason } = error.failure;
    if (code === 'CONFLICT' || code === 'WRONG_STATE' || reason === 'login.wrong') return 'a';
    return CELL[code] ?? `${code} ${reason}`;
  }
}

async function cells(name: ProcedureName, over: 'HTTP' | 'socket'): Promise<string> {
  const row = ROWS[name];
  let found = '';
  for (const role of ROLES) {
    const device = row.fresh ? await world.device(role) : devices.get(role)!;
    const input = (await row.input(world)) as InputOf<ProcedureName>;
    found += await letter(() =>
      over === 'HTTP' ? device.call(name, input as never, row.file) : device.emit(name, input as never),
    );
  }
  return found;
}

const names = [...procedures.keys()];

test('every procedure of the contract has its row, and no other', () => {
  expect(Object.keys(ROWS).toSorted()).toEqual(names.toSorted());
});

describe(`who may what (${ROLES.join(', ')})`, () => {
  test.each(names)('%s over HTTP', async (name) => {
    expect(await cells(name, 'HTTP')).toBe(ROWS[name].cells);
  });

  test.each(names.filter((name) => procedures.get(name)!.live))('%s over the socket', async (name) => {
    expect(await cells(name, 'socket')).toBe(ROWS[name].cells);
  });

  test.each(names.filter((name) => !procedures.get(name)!.live && procedures.get(name)!.kind !== 'upload'))(
    '%s is not to be had over the socket',
    async (name) => {
      const input = (await ROWS[name].input(world)) as never;
      // A line of its own: one that goes on asking for what is not to be had is cut.
      const device = new TestClient(world.url);
      for (const [key, value] of devices.get('office')!.cookies) device.cookies.set(key, value);
      await expect(device.emit(name, input)).rejects.toMatchObject({ failure: { reason: 'route.unknown' } });
      device.close();
    },
  );
});

/** What a device may do with a document: `write`, `read`, or the code it is closed with. */
async function documentAccess(device: TestClient, doc: string): Promise<string> {
  const client = await new RawClient(`${world.url.replace('http', 'ws')}/collab`, doc, undefined, {
    cookie: device.cookie,
  }).opened();
  try {
    client.send(step1Frame(new Uint8Array([0])));
    await until('an answer', () => client.closed !== undefined || client.count('step2') > 0);
    if (client.closed !== undefined) return String(client.closed);
    const mine = new Y.Doc();
    mine.getMap('probe').set('a', 1);
    client.send(updateFrame(Y.encodeStateAsUpdate(mine)));
    const readOnly = () => client.frames.some((frame) => frame[0] === 2);
    await until('a notice or a refusal', () => client.durable > 0 || readOnly());
    return readOnly() ? 'read' : 'write';
  } finally {
    client.ws.terminate();
  }
}

describe('live documents', () => {
  const DOCUMENT: Record<RoleName, string> = {
    anonymous: '4401',
    'claimed participant': 'write',
    guest: '4404',
    observer: 'read',
    'note-taker': 'write',
    moderator: 'write',
    administrator: 'write',
    office: 'write',
    'moderator elsewhere': '4404',
    'moderator by name only': 'write',
  };
  test.each(ROLES)('%s and the list and the draft', async (role) => {
    for (const doc of [`list.${world.boardId}`, `draft.${world.boardId}`])
      expect(await documentAccess(devices.get(role)!, doc)).toBe(DOCUMENT[role]);
  });

  test('a document that does not exist is made for nobody', async () => {
    for (const doc of ['list.00000000-0000-4000-8000-000000000000', 'other', `score.${world.boardId}`])
      expect(await documentAccess(devices.get('office')!, doc)).toBe('4404');
  });
});

/** The same input with every id of the world replaced by one that nothing has. */
function nowhere(value: unknown): unknown {
  if (typeof value === 'string') return UUID.test(value) ? newId() : value;
  if (Array.isArray(value)) return value.map(nowhere);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, nowhere(each)]));
}

describe('whoever has no business here', () => {
  // Somebody else than in the table, who has not asked as much as a person may by now.
  let stranger: TestClient;
  beforeAll(async () => {
    stranger = await world.device('moderator elsewhere');
  });
  afterAll(() => stranger.close());

  const outcome = async (name: ProcedureName, input: unknown, over: 'HTTP' | 'socket') => {
    const { file } = ROWS[name];
    const call =
      over === 'HTTP' ? stranger.call(name, input as never, file) : stranger.emit(name, input as never);
    const failure = await call.then(
      () => 'done',
      (error: AppError) => error.failure,
    );
    return JSON.stringify(failure);
  };
  const refusing = names.filter((name) =>
    'FN'.includes(ROWS[name].cells[ROLES.indexOf('moderator elsewhere')]!),
  );

  test.each(refusing)('cannot tell from %s whether something is there', async (name) => {
    const input = await ROWS[name].input(world);
    const live = procedures.get(name)!.live ? (['HTTP', 'socket'] as const) : (['HTTP'] as const);
    for (const over of live)
      expect(await outcome(name, input, over)).toBe(await outcome(name, nowhere(input), over));
  });

  test('cannot tell from a document whether there is one', async () => {
    for (const role of ['moderator elsewhere', 'guest', 'anonymous'] as const)
      for (const doc of [`list.${world.boardId}`, `draft.${world.boardId}`])
        expect(await documentAccess(devices.get(role)!, doc)).toBe(
          await documentAccess(devices.get(role)!, `list.${newId()}`),
        );
  });
});

describe('a link to a file', () => {
  const link = async (device: TestClient) =>
    `${world.url}${(await device.call('exports.list', { boardId: world.boardId, format: 'xlsx' })).url}`;

  /** Whatever the cause, so that nobody learns whether it was right once. */
  const NOTHING = [404, { error: { code: 'NOT_FOUND', reason: 'link.expired' } }];
  const opened = async (url: string) => {
    const answer = await fetch(url);
    return [answer.status, await answer.json()];
  };

  test('opens without a cookie while its maker may have the file', async () => {
    const url = await link(devices.get('note-taker')!);
    expect((await fetch(url)).status).toBe(200);
    const { campaignId } = world;
    const [grant] = (await world.admin.call('identity.grants', { campaignId })).filter(
      (g) => g.role === 'note-taker',
    );
    await world.admin.call('identity.revoke', { campaignId, grantId: grant!.grantId });
    expect(await opened(url)).toEqual(NOTHING);
  });

  test('opens nothing when its maker has signed out', async () => {
    const device = await world.device('moderator');
    const url = await link(device);
    await device.call('identity.signOut', {});
    expect(await opened(url)).toEqual(NOTHING);
  });

  test('opens nothing under another secret', async () => {
    expect(await opened(`${world.url}/files/${'x'.repeat(43)}/a.xlsx`)).toEqual(NOTHING);
  });
});
