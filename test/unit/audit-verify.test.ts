import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../server/features/admin/chained.ts';
import type { AuditRecord } from '../../server/features/admin/collections.ts';
import type { HeadLine } from '../../server/features/admin/heads.ts';
import { verifyAudit } from '../../server/features/admin/verify.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { allOf, chainsOf } from '../support/audit.ts';

let rows: AuditRecord[];
let heads: HeadLine[];
beforeAll(async () => {
  const { records, close } = await openSqlite(':memory:');
  heads = await chainsOf(records, [12, 1, 7]);
  rows = await allOf(records);
  await close();
});

const problemsOf = async (changed: readonly AuditRecord[], noted = heads): Promise<string[]> => {
  const ordered = [...changed].sort((a, b) => (a.id < b.id ? -1 : 1));
  return (await verifyAudit({ rows: ordered, heads: noted, restores: [] })).problems;
};
/** A row as somebody would leave it who knows how it is hashed. */
const rehashed = (row: AuditRecord): AuditRecord => ({ ...row, hash: hashOf(row) });

/** Something else of the same type. */
const other = (value: unknown): unknown => (typeof value === 'number' ? value + 1 : `${String(value)}x`);

const anyRow = fc.nat({ max: 19 });

test('rows as they were written are found whole', async () => {
  expect(rows).toHaveLength(20);
  expect(await problemsOf(rows)).toEqual([]);
});

test('any field of any row that is changed or taken away is found, also by who hashes it anew', async () => {
  const fields = Object.keys(rows[1]!) as (keyof AuditRecord)[];
  await fc.assert(
    fc.asyncProperty(
      anyRow,
      fc.constantFrom(...fields),
      fc.boolean(),
      fc.boolean(),
      async (at, key, gone, anew) => {
        const row = rows[at]!;
        const { [key]: value, ...rest } = row;
        const changed = (gone ? rest : { ...rest, [key]: other(value) }) as AuditRecord;
        // Its own hash made anew is what it was: nothing was changed.
        fc.pre(!(anew && key === 'hash'));
        const left = rows.map((each) => (each === row ? (anew ? rehashed(changed) : changed) : each));
        expect(await problemsOf(left)).not.toEqual([]);
      },
    ),
    { numRuns: 2000 },
  );
});

test('any row that is taken away, doubled, or changed with another is found', async () => {
  await fc.assert(
    fc.asyncProperty(anyRow, anyRow, async (a, b) => {
      const [one, two] = [rows[a]!, rows[b]!];
      expect(await problemsOf(rows.filter((row) => row !== one))).not.toEqual([]);
      expect(
        await problemsOf([...rows, { ...one, id: `${one.id.slice(0, -1)}${one.id.endsWith('0') ? 1 : 0}` }]),
      ).not.toEqual([]);
      if (a === b) return;
      const moved = rows.map((row) =>
        row === one ? { ...two, id: one.id } : row === two ? { ...one, id: two.id } : row,
      );
      expect(await problemsOf(moved)).not.toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('any end that is cut off is found by what the second place has noted', async () => {
  for (let kept = 0; kept < rows.length; kept++)
    expect(await problemsOf(rows.slice(0, kept))).not.toEqual([]);
});

test('a whole chain that was written anew, each hash with it, is found by the second place', async () => {
  let prev = '';
  const forged = rows.map((row) => {
    if (row.chain !== rows[0]!.chain) return row;
    const next = rehashed({ ...row, ...(row.seq === 1 ? {} : { prev }), personName: '别人' });
    prev = next.hash!;
    return next;
  });
  expect((await problemsOf(forged)).join('\n')).toContain('written anew');
});

test('a chain that is gone as a whole is missed by the one that follows it', async () => {
  const second = rows.filter((row) => row.chain !== heads[1]!.chain);
  expect((await problemsOf(second, [])).join('\n')).toContain('which chain');
});

test('rows that are stored but not noted yet raise no alarm', async () => {
  const early = heads.map((head) => ({
    ...head,
    length: 1,
    hash: rows.find((row) => row.chain === head.chain)!.hash!,
  }));
  expect(await problemsOf(rows, early)).toEqual([]);
});
