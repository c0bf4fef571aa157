import { expect, test } from 'vitest';
import {
  CEILINGS,
  type Ceilings,
  createAttempts,
  type Trier,
} from '../../server/features/identity/attempts.ts';
import { wrongTries } from '../../server/features/identity/wrong-tries.ts';
import { createLog } from '../../server/platform/log.ts';
import type { RecordStore } from '../../server/storage/port.ts';
import { AppError } from '../../shared/errors.ts';
import { ANONYMOUS } from '../../shared/roles.ts';
import { TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import { logStream } from '../support/errors.ts';
import { beginMeeting, closeMeetings, kept, type Meeting, refusal } from '../support/meeting.ts';
import { failureOf } from '../support/office.ts';

/** As in earnest, but the queue of late ones rests shorter. */
const QUICK = { ceilings: { codePause: 500 } };

const wrongCodes = (m: Meeting, count: number): string[] =>
  Array.from({ length: count + 1 }, (_, i) => String(900_000 - i))
    .filter((code) => code !== m.code)
    .slice(0, count);

/** How often each answer came to this many wrong codes, 20 at a time, each from the browser that `from` gives. */
async function guessAll(m: Meeting, count: number, from: () => TestClient): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  const codes = wrongCodes(m, count);
  const one = async () => {
    for (let code = codes.pop(); code; code = codes.pop()) {
      const answer = await refusal(from(), 'session.door', { code });
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
  return answers;
}

const looked = (answers: Record<string, number>): number => answers['NOT_FOUND code.unknown'] ?? 0;

onBothEngines('1,040 wrong codes from one phone', (storage) => {
  closeMeetings();

  /** The school goes on: who is in a meeting, who scans its code, who signs in, all at this address. */
  async function goesOn(m: Meeting, inside: TestClient): Promise<void> {
    expect(await refusal(inside, 'session.entries', { sessionId: m.sessionId, after: 0, limit: 5 })).toBe('');
    expect(await refusal(m.moderator, 'session.pause', m.act())).toBe('');
    const phones = Array.from({ length: 20 }, () => kept(new TestClient(m.url)));
    for (const phone of phones) await phone.call('identity.me', {});
    const entering = phones.map(async (phone) => {
      expect((await phone.call('session.door', { code: m.code })).sessionId).toBe(m.sessionId);
      return refusal(phone, 'session.join', { code: m.code, personId: m.people['何清']! });
    });
    // The door's own rules on names that are in use do not matter here.
    for (const answer of await Promise.all(entering)) expect(answer).not.toMatch(/^(RATE_LIMITED|NOT_FOUND)/);
    const desk = kept(new TestClient(m.url));
    expect(await refusal(desk, 'identity.signIn', { login: 'office', password: 'long enough 8' })).toBe('');
  }

  test('with its own cookie keep nobody out, and few of them are looked up', async () => {
    const m = await beginMeeting(storage(), QUICK);
    const [inside, phone] = [await m.enter('唐雨'), kept(new TestClient(m.url))];
    await phone.call('identity.me', {});
    const answers = await guessAll(m, 1040, () => phone);
    expect(looked(answers)).toBeLessThanOrEqual(CEILINGS.own + 30);
    await goesOn(m, inside);
  });

  test('with a made-up cookie each, or none, neither', async () => {
    const m = await beginMeeting(storage(), QUICK);
    const inside = await m.enter('唐雨');
    let n = 0;
    const answers = await guessAll(m, 1040, () => {
      const phone = new TestClient(m.url);
      const [made, name] = [
        `made-up-device-number-${n++}`,
        [...inside.cookies.keys()].find((c) => c.includes('device'))!,
      ];
      if (n % 3 === 1) phone.cookies.set('poli_device', made);
      if (n % 3 === 2) phone.cookies.set(name, `${made}.${'A'.repeat(22)}`);
      return phone;
    });
    expect(looked(answers)).toBeGreaterThanOrEqual(CEILINGS.codes);
    expect(looked(answers)).toBeLessThanOrEqual(CEILINGS.codes + 60);
    await goesOn(m, inside);
  });

  test('from somebody in the meeting are paid by that device', async () => {
    const m = await beginMeeting(storage(), QUICK);
    const [inside, guesser] = [await m.enter('唐雨'), await m.enter('何清')];
    const answers = await guessAll(m, 200, () => guesser);
    expect(looked(answers)).toBeLessThanOrEqual(CEILINGS.own + 30);
    await goesOn(m, inside);
  });
});

const stranger = (n: number, ip = '10.0.0.1'): Trier => ({
  ...{ actor: ANONYMOUS, tokenId: '', device: `device-${n}`, issued: true, ip },
});
const wrong = async (): Promise<never> => {
  throw new AppError('NOT_FOUND', 'code.unknown');
};
const logins = (reason: string) => async (): Promise<never> => {
  throw new AppError('UNAUTHENTICATED', reason);
};
const log = createLog('warn', logStream);
const open = (records: RecordStore, ceilings: Partial<Ceilings>) =>
  createAttempts({ ceilings: { ...CEILINGS, ...ceilings }, store: { records, log } });

onBothEngines('wrong tries', (storage) => {
  test('beyond the ceiling of an address wait, and a right one among them is let in', async () => {
    const attempts = open(storage().records, { codes: 20, codePause: 20 });
    for (let i = 0; i < 20; i++) await failureOf(attempts.code(stranger(i), '123456', wrong));
    const several = [wrong, wrong, async () => 'in', wrong].map((work, i) =>
      attempts.code(stranger(100 + i), '654321', work).catch((error: AppError) => error.failure.reason),
    );
    expect(await Promise.all(several)).toEqual(['code.unknown', 'code.unknown', 'in', 'code.unknown']);
  });

  test('of one address are nothing to another', async () => {
    const attempts = open(storage().records, { codes: 5, codePause: 600_000 });
    const at = (ip: string) => failureOf(attempts.code(stranger(1, ip), '123456', wrong));
    for (let i = 0; i < 6; i++) await failureOf(attempts.code(stranger(i), '123456', wrong));
    expect(await at('10.0.0.2')).toBe('NOT_FOUND code.unknown');
    // … but one machine has 2^64 addresses of IPv6.
    for (let i = 0; i < 6; i++)
      await failureOf(attempts.code(stranger(50 + i, `2001:db8::${i}`), '123456', wrong));
    const more = Array.from({ length: 12 }, (_, i) =>
      failureOf(attempts.code(stranger(70 + i, `2001:db8::f${i}`), '123456', wrong)),
    );
    expect(await Promise.race(more)).toBe('RATE_LIMITED tries.many');
  });

  test('survive a restart, as digests in one record', async () => {
    const { records } = storage();
    const ceilings = { account: 3, accountPause: 600_000 };
    const before = open(records, ceilings);
    const login = { account: 'headmaster', isKnown: false };
    for (let i = 0; i < 3; i++)
      await failureOf(before.password(stranger(i, `10.0.1.${i}`), login, logins('login.wrong')));
    await before.settled();
    const stored = JSON.stringify(await records.get(wrongTries, 'all'));
    expect(stored).not.toMatch(/headmaster|10\.0\.1|device/);
    const after = open(records, ceilings);
    const guess = () => failureOf(after.password(stranger(9, '10.0.9.9'), login, logins('login.wrong')));
    expect(await guess()).toBe('UNAUTHENTICATED login.wrong');
    // The account's queue rests now, as it would have without the restart.
    expect(await Promise.race([guess(), guess(), guess(), guess()])).toBe('RATE_LIMITED tries.many');
  });

  test('are written together, and right ones not at all', async () => {
    let writes = 0;
    const { records } = storage();
    const counting: RecordStore = {
      ...{ insertMany: records.insertMany, get: records.get, find: records.find, list: records.list },
      ...{ count: records.count, remove: records.remove },
      insert(c, draft) {
        writes++;
        return records.insert(c, draft);
      },
      replace(c, record) {
        writes++;
        return records.replace(c, record);
      },
    };
    const attempts = open(counting, {});
    for (let i = 0; i < 300; i++) await attempts.code(stranger(i), '123456', async () => i);
    await attempts.settled();
    expect(writes).toBe(0);
    for (let i = 0; i < 90; i++) await failureOf(attempts.code(stranger(i), '123456', wrong));
    await attempts.settled();
    expect(writes).toBe(1);
    // Other failures are no tries.
    await failureOf(attempts.code(stranger(1), '123456', logins('sign.in')));
    await attempts.settled();
    expect(writes).toBe(1);
  });
});

onBothEngines('what was guessed before a restart', (storage) => {
  closeMeetings();

  test('is known after it', async () => {
    const m = await beginMeeting(storage());
    const phone = kept(new TestClient(m.url));
    for (const code of wrongCodes(m, 7)) await refusal(phone, 'session.door', { code });
    const signIn = { login: 'office', password: 'wrong password' };
    for (let i = 0; i < 3; i++) await refusal(phone, 'identity.signIn', signIn);
    await m.restart();
    const record = await storage().records.get(wrongTries, 'all');
    // Of codes the phone and its address, of passwords the login and the address.
    expect(record?.counters.map((counter) => counter.count).sort()).toEqual([3, 3, 6, 7]);
  });
});
