import { io, type Socket } from 'socket.io-client';
import { type InputOf, type OutputOf, type ProcedureName, procedures } from '../../shared/contract/index.ts';
import { AppError, type Failure } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';

/** One browser as the server sees it: cookies, HTTP calls, a socket. */
export class TestClient {
  readonly url: string;
  readonly cookies = new Map<string, string>();
  private live: Socket | undefined;

  constructor(url: string) {
    this.url = url;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Any request, with this browser's cookies; keeps what is set. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) headers.set('cookie', this.cookie);
    const response = await fetch(`${this.url}${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split('=') as [string, string];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** A procedure over HTTP; throws AppError. */
  async call<N extends ProcedureName>(name: N, input: InputOf<N>, file?: Uint8Array): Promise<OutputOf<N>> {
    const procedure = procedures.get(name)!;
    const rest: Record<string, unknown> = { ...(input as object) };
    const path = procedure.path.replace(/:(\w+)/g, (_, key: string) => {
      const value = encodeURIComponent(String(rest[key]));
      delete rest[key];
      return value;
    });
    const init: RequestInit = { method: procedure.method };
    let query = '';
    if (procedure.method === 'GET' || file) {
      query = `?${new URLSearchParams(Object.entries(rest).map(([k, v]) => [k, String(v)]))}`;
      if (file) Object.assign(init, { body: file, headers: { 'content-type': 'application/octet-stream' } });
    } else
      Object.assign(init, { body: JSON.stringify(rest), headers: { 'content-type': 'application/json' } });
    const response = await this.fetch(`/api${path}${query}`, init);
    const body = (await response.json()) as { error?: Failure };
    if (response.ok) return body as OutputOf<N>;
    const { code, reason, ...more } = body.error!;
    throw new AppError(code, reason, more);
  }

  /** The connected socket, made at first use. */
  async socket(): Promise<Socket> {
    this.live ??= io(this.url, {
      extraHeaders: { cookie: this.cookie },
      transports: ['websocket'],
      forceNew: true,
    });
    const socket = this.live;
    if (!socket.connected) {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
    }
    return socket;
  }

  /** A live procedure over the socket; throws AppError. */
  async emit<N extends ProcedureName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
    const socket = await this.socket();
    const answer = (await socket.timeout(10_000).emitWithAck(name, input)) as
      | { ok: true; value: OutputOf<N> }
      | { ok: false; error: Failure };
    if (answer.ok) return answer.value;
    const { code, reason, ...more } = answer.error;
    throw new AppError(code, reason, more);
  }

  close(): void {
    this.live?.disconnect();
  }
}

/** A device asks at the door for a name that is held, `chair` lets it in, and it comes in. */
export async function letIn(
  device: TestClient,
  { code, sessionId }: { code: string; sessionId: string },
  personId: string,
  chair: TestClient,
): Promise<void> {
  // As our page does: whoever has seen the door has an id of their own.
  await device.call('session.door', { code });
  await device.call('session.ask', { code, personId });
  const waiting = await chair.call('session.waiting', { sessionId });
  const requestIds = waiting.filter((each) => each.personId === personId).map((each) => each.requestId);
  await chair.call('session.answer', { sessionId, requestIds, letIn: true });
  await device.call('session.join', { code, personId, switchPerson: true });
}

/** A campaign with people and one session, made through the contract as an office would make it. */
export interface Fixture {
  admin: TestClient;
  campaignId: string;
  roomId: string;
  unitId: string;
  otherUnitId: string;
  /** Names of the unit's roster → person ids. */
  people: Record<string, string>;
  sessionId: string;
  boardId: string;
  code: string;
  agenda: { id: string; title: string; minutes: number; identity: 'named' }[];
  /** A device of its own that has come in through the door under this roster name. */
  enter(name: string): Promise<TestClient>;
  /** A device that has opened a personal link with this role in the campaign. */
  staff(name: string, role: 'administrator' | 'moderator' | 'note-taker' | 'observer'): Promise<TestClient>;
}

export async function becomeAdmin(
  url: string,
  adminLink: (origin: string) => Promise<{ url: string }>,
): Promise<TestClient> {
  const admin = new TestClient(url);
  const link = await adminLink(url);
  const secret = link.url.split('/').at(-1)!;
  await admin.call('identity.useLink', {
    secret,
    name: '办公室甲',
    login: 'office',
    password: 'long enough 8',
  });
  return admin;
}

const NAMES = ['周敏', '陆远航', '何清', '沈一鸣', '唐雨', '梁思齐'];

export async function makeFixture(
  url: string,
  adminLink: (origin: string) => Promise<{ url: string }>,
): Promise<Fixture> {
  const admin = await becomeAdmin(url, adminLink);
  const campaignId = newId();
  await admin.call('campaigns.create', {
    campaignId,
    name: '解放思想大讨论',
    slogan: '解放思想 协同发展',
    sponsor: '教科所',
    templateId: 'bapobali-2015',
  });
  const [unitId, otherUnitId] = [newId(), newId()];
  await admin.call('campaigns.addUnit', { campaignId, unitId, name: '教科研一室' });
  await admin.call('campaigns.addUnit', { campaignId, unitId: otherUnitId, name: '教科研二室' });
  const people: Record<string, string> = {};
  for (const name of NAMES) {
    const personId = newId();
    people[name] = personId;
    await admin.call('campaigns.addPerson', {
      campaignId,
      personId,
      unitId,
      name,
      position: '',
      level: '骨干',
    });
  }
  const rooms = await admin.call('rooms.list', { campaignId });
  const roomId = rooms[0]!.roomId;
  const agenda = ['开场', '轮流发言', '归纳与分工'].map((title) => ({
    id: newId(),
    title,
    minutes: 10,
    identity: 'named' as const,
  }));
  const sessionId = newId();
  const session = await admin.call('session.create', {
    campaignId,
    sessionId,
    roomId,
    title: '第二次线上座谈会',
    plannedAt: '2026-03-18T06:30:00.000Z',
    plannedMinutes: 60,
    place: '',
    unitId,
    agenda,
    expectedUnits: [unitId],
    expectedPeople: [],
  });
  const { code, boardId } = session;
  const links = new Map<string, string>();
  return {
    admin,
    campaignId,
    roomId,
    unitId,
    otherUnitId,
    people,
    sessionId,
    boardId,
    code,
    agenda,
    async enter(name) {
      const client = new TestClient(url);
      await client.call('session.join', { code, personId: people[name]! });
      return client;
    },
    async staff(name, role) {
      await admin.call('identity.grant', { campaignId, personId: people[name]!, role });
      // One link for all of the person's devices: a second one would end what came by the first.
      const at = { campaignId, personId: people[name]! };
      const link = links.get(name) ?? (await admin.call('identity.personalLink', at)).url;
      links.set(name, link);
      const client = new TestClient(url);
      await client.call('identity.useLink', { secret: link.split('/').at(-1)! });
      return client;
    },
  };
}
