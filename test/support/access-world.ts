import { documentName, DRAFT_FIELD } from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';
import { type Fixture, letIn, makeFixture, TestClient } from './client.ts';
import { until } from './collab-server.ts';
import { paragraphOf } from './draft-parts.ts';
import type { TestServer } from './server.ts';

/** Everybody who may come to the door of a procedure, one column of the matrix each. */
export const ROLES = [
  'anonymous',
  'claimed participant',
  'guest',
  'observer',
  'note-taker',
  'moderator',
  'administrator',
  'office',
  'moderator elsewhere',
  'moderator by name only',
] as const;
export type RoleName = (typeof ROLES)[number];

export interface World extends Fixture {
  url: string;
  /** A device of its own in this role. */
  device(role: RoleName): Promise<TestClient>;
  /** A live session with one message. */
  messageId: string;
  /** A former state of the board's draft. */
  snapshotId: string;
  /** Taken already: a command that names it gets past every right and changes nothing. */
  usedId: string;
}

const secretOf = (link: { url: string }) => link.url.split('/').at(-1)!;

/** A campaign beside ours; whoever moderates there has no business here. */
async function elsewhere(f: Fixture, url: string): Promise<TestClient> {
  const { admin } = f;
  const [campaignId, unitId, personId] = [newId(), newId(), newId()];
  const words = { name: '另一个活动', slogan: '', sponsor: '', templateId: 'bapobali-2015' };
  await admin.call('campaigns.create', { campaignId, ...words });
  await admin.call('campaigns.addUnit', { campaignId, unitId, name: '别处' });
  const person = { personId, unitId, name: '别处的人', position: '', level: '' };
  await admin.call('campaigns.addPerson', { campaignId, ...person });
  await admin.call('identity.grant', { campaignId, personId, role: 'moderator' });
  const link = await admin.call('identity.personalLink', { campaignId, personId });
  const client = new TestClient(url);
  await client.call('identity.useLink', { secret: secretOf(link) });
  return client;
}

async function guest(f: Fixture, url: string): Promise<TestClient> {
  const link = await f.admin.call('session.makeGuestLink', { sessionId: f.sessionId, name: '来宾' });
  const client = new TestClient(url);
  await client.call('identity.useLink', { secret: secretOf(link), name: '来宾' });
  return client;
}

/** Let in under a name that moderates, without any proof of being that person. */
async function byNameOnly(f: Fixture, url: string): Promise<TestClient> {
  const personId = f.people['唐雨']!;
  await f.admin.call('identity.grant', { campaignId: f.campaignId, personId, role: 'moderator' });
  const device = new TestClient(url);
  await letIn(device, f, personId, f.admin);
  return device;
}

async function office(url: string): Promise<TestClient> {
  const client = new TestClient(url);
  await client.call('identity.signIn', { login: 'office', password: 'long enough 8' });
  return client;
}

/** A meeting that starts keeps what the draft says. */
async function keptAtStart(server: TestServer, f: Fixture, start: () => Promise<unknown>): Promise<string> {
  const { boardId } = f;
  await server.app.documents.change(documentName('draft', boardId), (doc) =>
    doc.getXmlFragment(DRAFT_FIELD).push([paragraphOf('会前写的')]),
  );
  await start();
  const kept = () => f.admin.call('board.history', { boardId, part: 'draft' });
  await until('the draft is kept', async () => (await kept()).length > 0);
  return (await kept())[0]!.snapshotId;
}

export async function makeWorld(server: TestServer): Promise<World> {
  const { url } = server;
  const f = await makeFixture(url, server.app.identity.adminLink);
  const moderator = await f.staff('周敏', 'moderator');
  const act = () => ({ sessionId: f.sessionId, id: newId() });
  const snapshotId = await keptAtStart(server, f, () => moderator.call('session.start', act()));
  const said = { ...act(), kind: 'problem' as const, body: '课题申报靠科室催。' };
  await moderator.call('session.say', said);
  // Of another unit: a unit's own people write its board, whatever else they are.
  const observer = newId();
  f.people['严立'] = observer;
  const { campaignId, otherUnitId: unitId } = f;
  const from = { campaignId, personId: observer, unitId, position: '', level: '' };
  await f.admin.call('campaigns.addPerson', { ...from, name: '严立' });
  await moderator.call('board.open', { campaignId: f.campaignId, unitId: f.unitId });
  const make: Record<RoleName, () => Promise<TestClient>> = {
    anonymous: () => Promise.resolve(new TestClient(url)),
    'claimed participant': () => f.enter('何清'),
    guest: () => guest(f, url),
    observer: () => f.staff('严立', 'observer'),
    'note-taker': () => f.staff('沈一鸣', 'note-taker'),
    moderator: () => f.staff('周敏', 'moderator'),
    administrator: () => f.staff('梁思齐', 'administrator'),
    office: () => office(url),
    'moderator elsewhere': () => elsewhere(f, url),
    'moderator by name only': () => byNameOnly(f, url),
  };
  return { ...f, url, device: (role) => make[role](), messageId: said.id, snapshotId, usedId: said.id };
}
