import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { TestClient } from '../support/client.ts';
import { openFixture } from '../support/fixture.ts';
import { refusal } from '../support/meeting.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** Devices, messages and meetings that know nothing of devices that write, of proof at the door and of 仅限花名册. */
describe('the door of an installation as program 0830c93 left it', () => {
  let at: Awaited<ReturnType<typeof openFixture>>;
  let server: TestServer;
  beforeAll(async () => {
    at = await openFixture('0830c93');
    server = await startServer({ storage: at.storage, now: () => Date.parse(at.old.madeAt) });
  });
  afterAll(async () => {
    await server.close();
    await at.close();
  });

  const browserOf = (name: string) => at.browser(server.url, name);
  const place = () => ({ sessionId: at.old.running });
  const act = () => ({ ...place(), id: newId() });

  /** The last thing that this person has said in the running meeting. */
  async function lastOf(name: string): Promise<string> {
    const { state } = await browserOf('周敏').call('session.open', place());
    const said = Object.values(state.messages).filter((m) => m.by === at.old.people[name] && !m.recalled);
    return said.at(-1)!.id;
  }

  it('lets everybody in, and who came by a name or walked in goes on without being asked anything', async () => {
    const session = await browserOf('周敏').call('session.get', place());
    expect(session.rosterOnly).toBe(false);
    for (const name of ['姚望山', '路过的人']) {
      const browser = browserOf(name);
      expect(await refusal(browser, 'session.join', { code: at.old.code })).toBe('');
      expect(await refusal(browser, 'session.open', place())).toBe('');
    }
  });

  it('asks for a nod where somebody new chooses the name of the moderator', async () => {
    const phone = new TestClient(server.url);
    const claim = { code: at.old.code, personId: at.old.people['周敏']! };
    expect(await refusal(phone, 'session.join', claim)).toBe('FORBIDDEN door.staff');
    expect(await phone.call('session.ask', claim)).toMatchObject({ state: 'waiting' });
  });

  it('lets old words be taken back by their author, those of the staff with proof only', async () => {
    const [own, chairs] = [await lastOf('何清'), await lastOf('周敏')];
    const phone = new TestClient(server.url);
    await phone.call('session.door', { code: at.old.code });
    await phone.call('session.ask', { code: at.old.code, personId: at.old.people['周敏']! });
    const chair = browserOf('周敏');
    const waiting = await chair.call('session.waiting', place());
    const requestIds = waiting.map((each) => each.requestId);
    await chair.call('session.answer', { ...place(), requestIds, letIn: true });
    await phone.call('session.join', { code: at.old.code, personId: at.old.people['周敏']! });
    const recall = (messageId: string) => ({ ...act(), messageId });
    expect(await refusal(phone, 'session.recall', recall(chairs))).toBe('FORBIDDEN message.other-device');
    expect(await refusal(chair, 'session.recall', recall(chairs))).toBe('');
    const he = browserOf('何清');
    await he.call('session.join', { code: at.old.code });
    expect(await refusal(he, 'session.recall', recall(own))).toBe('');
  });

  it('says nothing of walk-ins that came before they were noted, and can still close to them', async () => {
    const chair = browserOf('周敏');
    await chair.call('session.setRosterOnly', { ...place(), rosterOnly: true });
    const phone = new TestClient(server.url);
    const typed = { code: at.old.code, name: '新来的', unitName: '别处' };
    expect(await refusal(phone, 'session.join', typed)).toBe('FORBIDDEN door.roster-only');
    expect(await refusal(browserOf('路过的人'), 'session.open', place())).toBe('');
  });
});
