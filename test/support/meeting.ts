import { afterEach, expect } from 'vitest';
import type { InputOf, OutputOf, ProcedureName } from '../../shared/contract/index.ts';
import { newId } from '../../shared/ids.ts';
import type { Storage } from '../../server/storage/port.ts';
import { type Fixture, makeFixture, TestClient } from './client.ts';
import { type ServerOptions, startServer, type TestServer } from './server.ts';

export interface Meeting extends Fixture {
  url: string;
  moderator: TestClient;
  /** A command's session and an id of its own. */
  act(): { sessionId: string; id: string };
  /** Ends this server and starts another on the same storage, or on one that goes wrong. */
  restart(storage?: Storage): Promise<void>;
  /** The same browser, at the server that runs now. */
  again(client: TestClient): TestClient;
  guest(name: string): Promise<TestClient>;
  /** The live documents of the server that runs now. */
  documents(): TestServer['app']['documents'];
}

const open: { servers: TestServer[]; clients: TestClient[] } = { servers: [], clients: [] };

/** Closes whatever the meetings of this file have opened. */
export async function endMeetings(): Promise<void> {
  for (const client of open.clients.splice(0)) client.close();
  for (const server of open.servers.splice(0)) await server.close();
}

/** Call once in a file whose tests each have meetings of their own. */
export const closeMeetings = (): void => afterEach(endMeetings);

export const kept = (client: TestClient): TestClient => {
  open.clients.push(client);
  return client;
};

/** A session that has begun, with its moderator inside. */
export async function beginMeeting(
  storage: Storage,
  options: Pick<ServerOptions, 'trace' | 'limits' | 'config' | 'ceilings' | 'now'> = {},
): Promise<Meeting> {
  let server = await startServer({ ...options, storage });
  open.servers.push(server);
  const f = await makeFixture(server.url, server.app.identity.adminLink);
  const moderator = kept(await f.staff('周敏', 'moderator'));
  const act = () => ({ sessionId: f.sessionId, id: newId() });
  await moderator.call('session.start', act());
  return {
    ...f,
    moderator,
    act,
    get url() {
      return server.url;
    },
    async restart(other = storage) {
      await open.servers.pop()?.close();
      server = await startServer({ storage: other });
      open.servers.push(server);
    },
    again(client) {
      const same = kept(new TestClient(server.url));
      for (const [name, value] of client.cookies) same.cookies.set(name, value);
      return same;
    },
    documents: () => server.app.documents,
    async enter(name) {
      return kept(await f.enter(name));
    },
    async guest(name) {
      const link = await moderator.call('session.makeGuestLink', { sessionId: f.sessionId, name });
      const guest = kept(new TestClient(server.url));
      await guest.call('identity.useLink', { secret: secretOf(link), name });
      return guest;
    },
  };
}

export const secretOf = ({ url }: { url: string }): string => url.split('/').at(-1)!;

/** What a call was refused with, as `CODE reason`; '' when it was not. */
export async function refusal<N extends ProcedureName>(
  client: TestClient,
  name: N,
  input: InputOf<N>,
): Promise<string> {
  const done: OutputOf<N> | Error = await client.call(name, input).catch((error: Error) => error);
  return done instanceof Error ? done.message.replace(':', '') : '';
}

/** Waits at most a second, as revocation has to. */
export const within1s = <T>(look: () => T) => expect.poll(look, { timeout: 1000, interval: 5 });
