import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readRoster } from '../../server/features/campaigns/roster-file.ts';

/** A file of 80 MB of blanks whose directory says that it is 100 bytes. */
function bomb(): Uint8Array {
  const packed = zipSync(
    { 'xl/worksheets/sheet1.xml': new Uint8Array(80 * 1024 * 1024).fill(32) },
    { level: 9 },
  );
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at + 46 < packed.length; at++) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 100, true);
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
  }
  return packed;
}

test('a roster that is a bomb and lies about its size is left while it is being unpacked', async () => {
  const file = bomb();
  expect(file.length).toBeLessThan(1024 * 1024);
  const before = process.memoryUsage().rss;
  const { rows, problems } = await readRoster(file, '名册.xlsx');
  expect([rows, problems.map(({ reason }) => reason)]).toEqual([[], ['roster.too-large']]);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
});
