import { describe, expect, test } from 'vitest';
import { createTurns } from '../../server/features/identity/turns.ts';
import { createVouchers } from '../../server/features/identity/vouchers.ts';
import { createWrongTries } from '../../server/features/identity/wrong-tries.ts';
import { createFloodGate } from '../../server/platform/limits.ts';
import { networkOf } from '../../server/platform/network.ts';
import { newId } from '../../shared/ids.ts';
import { ANONYMOUS } from '../../shared/roles.ts';
import { failureOf } from '../support/office.ts';

describe('turns', () => {
  test('go round among lanes, one at a time', async () => {
    const turns = createTurns({ most: 100, mostOfOne: 100 });
    const order: string[] = [];
    let busy = 0;
    const work = (name: string) => async () => {
      expect(++busy).toBe(1);
      order.push(name);
      await new Promise((resolve) => setImmediate(resolve));
      busy--;
    };
    const lanes = ['a', 'a', 'a', 'a', 'b', 'b', 'c'];
    await Promise.all(lanes.map((lane) => turns.run('q', lane, work(lane))));
    // The first is served at once; from then on each lane in its turn.
    expect(order.slice(0, 4).sort()).toEqual(['a', 'a', 'b', 'c']);
    expect(order.slice(-1)).toEqual(['a']);
  });

  test('of other queues do not wait, and a failure stops nothing', async () => {
    const turns = createTurns({ most: 100, mostOfOne: 100 });
    let free!: () => void;
    const held = turns.run('held', '', () => new Promise<void>((resolve) => (free = resolve)));
    const failing = turns.run('other', '', () => Promise.reject(new Error('fails')));
    await expect(failing).rejects.toThrow('fails');
    expect(await turns.run('other', '', async () => 'done')).toBe('done');
    free();
    await held;
  });

  test('are given to so many: of one lane, and in all', async () => {
    const turns = createTurns({ most: 4, mostOfOne: 2 });
    let free!: () => void;
    const first = turns.run('q', 'a', () => new Promise<void>((resolve) => (free = resolve)));
    const tried = ['a', 'a', 'a', 'b', 'b', 'c'].map((lane) =>
      failureOf(turns.run('q', lane, async () => lane)),
    );
    expect(await tried[2]).toBe('RATE_LIMITED tries.many');
    expect(await tried[5]).toBe('RATE_LIMITED tries.many');
    free();
    await first;
    expect(await Promise.all([0, 1, 3, 4].map((i) => tried[i]))).toEqual(Array(4).fill('no failure'));
  });
});

describe('wrong tries', () => {
  test('are forgotten when their window is over, also when the clock goes back', () => {
    let now = 1_000_000;
    const tries = createWrongTries({ seconds: 600, now: () => now });
    for (let i = 0; i < 3; i++) tries.add('a');
    expect([tries.of('a'), tries.of('b')]).toEqual([3, 0]);
    now += 599_999;
    expect(tries.of('a')).toBe(3);
    now += 1;
    expect(tries.of('a')).toBe(0);
    tries.add('a');
    expect(tries.of('a')).toBe(1);
    now -= 86_400_000;
    expect(tries.of('a')).toBe(0);
  });
});

describe('a code in use at an address', () => {
  test('lets others there in, for twelve hours, and not who goes through all codes', () => {
    let now = 0;
    const vouchers = createVouchers(() => now);
    vouchers.add('net', '123456');
    expect([vouchers.lets('net', '123456'), vouchers.lets('net', '123457')]).toEqual([true, false]);
    expect(vouchers.lets('other', '123456')).toBe(false);
    for (let i = 0; i < 1_000; i++) vouchers.lets('net', '999999');
    expect(vouchers.lets('net', '123456')).toBe(false);
    now += 1_000;
    const lets = Array.from({ length: 10 }, () => vouchers.lets('net', '123456'));
    expect(lets.filter(Boolean)).toHaveLength(5);
    now += 12 * 3_600_000;
    expect(vouchers.lets('net', '123456')).toBe(false);
  });
});

describe('the gate', () => {
  const ip = '10.0.0.1';
  const nobody = { actor: ANONYMOUS, tokenId: '', device: '', issued: false, ip };
  const person = (tokenId: string) => {
    const who = { personId: newId(), name: '周敏', unitId: '', unitName: '', campaignId: newId() };
    return { ...nobody, actor: { kind: 'person' as const, ...who, proven: false, grants: [] }, tokenId };
  };

  test('makes nobody who has come in pay for a flood from the same address', async () => {
    const gate = createFloodGate({ each: 5, address: 50 });
    let refused = 0;
    for (let i = 0; i < 200; i++)
      await gate.pass({ ...nobody, device: `made-up-${i}` }).catch(() => refused++);
    expect(refused).toBe(150);
    const [he, she] = [person('a'), person('b')];
    for (let i = 0; i < 5; i++) await gate.pass(he);
    await expect(gate.pass(he)).rejects.toThrow('RATE_LIMITED');
    await gate.pass(she);
    // A browser that bears our signature pays with those of its kind.
    const browser = { ...nobody, device: 'issued-1', issued: true };
    for (let i = 0; i < 5; i++) await gate.pass(browser);
    await expect(gate.pass(browser)).rejects.toThrow('RATE_LIMITED');
    await gate.pass({ ...browser, device: 'issued-2' });
    await gate.pass({ ...nobody, ip: '10.0.0.2' });
  });
});

test.each([
  ['10.0.0.7', '10.0.0.7'],
  ['::ffff:10.0.0.7', '10.0.0.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('the network of %s is %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
