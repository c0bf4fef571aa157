import { expect, test } from 'vitest';
import { tokens } from '../../server/features/identity/collections.ts';
import { modify } from '../../server/storage/modify.ts';
import { TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import {
  beginMeeting,
  closeMeetings,
  kept,
  type Meeting,
  refusal,
  secretOf,
  within1s,
} from '../support/meeting.ts';

const who = async (device: TestClient): Promise<string> => {
  const { actor } = await device.call('identity.me', {});
  return actor.kind === 'person' ? `${actor.name}${actor.proven ? ' proven' : ''}` : 'nobody';
};

/** A new personal link for 沈一鸣, not used yet. */
async function linkFor(m: Meeting): Promise<string> {
  const at = { campaignId: m.campaignId, personId: m.people['沈一鸣']! };
  return secretOf(await m.admin.call('identity.personalLink', at));
}

async function opened(m: Meeting, secret: string): Promise<TestClient> {
  const device = kept(new TestClient(m.url));
  await device.call('identity.useLink', { secret });
  return device;
}

onBothEngines('a newer personal link', (storage) => {
  closeMeetings();

  test('ends the older one and the devices that came by it, and no other', async () => {
    const m = await beginMeeting(storage());
    const first = await linkFor(m);
    const [phone, desk] = [await opened(m, first), await opened(m, first)];
    const account = { login: 'shenyiming', password: 'a garden in 2018' };
    await desk.call('identity.setPassword', account);
    // Setting a password has ended the other device; it comes in again by the link.
    await phone.call('identity.useLink', { secret: first });
    const laptop = kept(new TestClient(m.url));
    await laptop.call('identity.signIn', account);
    const named = await m.enter('沈一鸣');
    await phone.emit('session.open', { sessionId: m.sessionId });
    let cut = false;
    (await phone.socket()).on('disconnect', () => (cut = true));

    const second = await linkFor(m);
    await within1s(() => cut).toBe(true);
    const all = await Promise.all([phone, desk, laptop, named].map(who));
    expect(all).toEqual(['nobody', 'nobody', '沈一鸣 proven', '沈一鸣']);
    const stranger = kept(new TestClient(m.url));
    expect(await refusal(stranger, 'identity.useLink', { secret: first })).toBe('NOT_FOUND link.unknown');
    expect(await who(await opened(m, second))).toBe('沈一鸣 proven');
    // A device that is that person by a password keeps what it has when it opens a link, and goes on after the next one.
    await laptop.call('identity.useLink', { secret: second });
    await linkFor(m);
    expect(await who(laptop)).toBe('沈一鸣 proven');
  });

  test('ends devices of an older program too, unless their owner has a password', async () => {
    const m = await beginMeeting(storage());
    const phone = await opened(m, await linkFor(m));
    const asBefore = async () => {
      const held = await storage().records.list(tokens, 'byPerson', { personId: m.people['沈一鸣']! });
      for (const { id } of held)
        await modify(storage().records, tokens, id, ({ by: _by, linkId: _link, ...token }) => token);
    };
    await asBefore();
    const secret = await linkFor(m);
    expect(await who(phone)).toBe('nobody');
    const laptop = await opened(m, secret);
    await laptop.call('identity.setPassword', { login: 'shenyiming', password: 'a garden in 2018' });
    await asBefore();
    await linkFor(m);
    expect(await who(laptop)).toBe('沈一鸣 proven');
  });
});
