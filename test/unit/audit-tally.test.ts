import { expect, test } from 'vitest';
import type { Counted } from '../../server/features/admin/chain.ts';
import { Tally } from '../../server/features/admin/tally.ts';
import { type AuditEvent, NO_EVENT } from '../../server/platform/audit-trail.ts';
import { createSampler } from '../../server/platform/sampler.ts';

function counting() {
  const rows: (AuditEvent & Counted)[] = [];
  const clock = { ms: Date.parse('2026-03-18T06:30:00.000Z') };
  const tally = new Tally(
    async (row) => void rows.push(row),
    () => clock.ms,
  );
  return { rows, clock, tally };
}
const wrong = (address: string, reason = 'login.wrong', procedure = 'identity.signIn'): AuditEvent => ({
  ...NO_EVENT,
  procedure,
  address,
  outcome: 'UNAUTHENTICATED',
  reason,
});

test('a kind of failure from one address is one row a minute; no try is lost from the counts', async () => {
  const { rows, clock, tally } = counting();
  for (let second = 0; second < 300; second++) {
    await tally.count(wrong('10.0.0.7'));
    clock.ms += 1000;
    if (second % 60 === 59) await tally.sweep();
  }
  await tally.sweep();
  expect(rows.map(({ count }) => count)).toEqual([1, 59, 60, 60, 60, 60]);
});

test('kinds and addresses are kept apart, and what has ended is forgotten', async () => {
  const { rows, clock, tally } = counting();
  for (let tries = 0; tries < 3; tries++) {
    await tally.count(wrong('10.0.0.7'));
    await tally.count(wrong('10.0.0.8'));
    await tally.count(wrong('10.0.0.7', 'code.unknown'));
  }
  clock.ms += 60_000;
  await tally.sweep();
  expect(rows.map(({ address, reason, count }) => `${address} ${reason} ${count}`)).toEqual([
    '10.0.0.7 login.wrong 1',
    '10.0.0.8 login.wrong 1',
    '10.0.0.7 code.unknown 1',
    '10.0.0.7 login.wrong 2',
    '10.0.0.8 login.wrong 2',
    '10.0.0.7 code.unknown 2',
  ]);
  clock.ms += 60_000;
  await tally.sweep();
  await tally.count(wrong('10.0.0.7'));
  expect(rows.at(-1)!.count).toBe(1);
});

test('a flood of kinds or of addresses makes some rows a minute, and every try stands in one of them', async () => {
  const { rows, clock, tally } = counting();
  for (let kind = 0; kind < 100; kind++) await tally.count(wrong('10.0.0.7', 'x', `procedure.${kind}`));
  expect(rows.length).toBeLessThanOrEqual(21);
  for (let each = 0; each < 5000; each++) await tally.count(wrong(`10.1.${each >> 8}.${each & 255}`));
  expect(rows.length).toBeLessThan(330);
  clock.ms += 60_000;
  await tally.sweep();
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(5100);
  expect(rows.length).toBeLessThan(340);
});

test('lines of failures are thinned out, and say how many alike are left out', () => {
  let now = 0;
  const sample = createSampler(() => now);
  const told = Array.from({ length: 1000 }, () => sample('identity.signIn UNAUTHENTICATED'));
  const written = told.filter((left) => left !== undefined);
  expect(written.length).toBe(20);
  expect(written.length + written.reduce((sum, left) => sum + left, 0)).toBe(1000);
  expect(sample('identity.signIn INVALID_INPUT')).toBe(0);
  now += 60_000;
  expect(sample('identity.signIn UNAUTHENTICATED')).toBe(0);
});
