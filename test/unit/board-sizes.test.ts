import { expect, test } from 'vitest';
import { inBytes } from '../../client/features/office/BoardSizes.tsx';

test.each([
  [2, '1 KB'],
  [36_000, '36 KB'],
  [1024 * 1024, '1.0 MB'],
  [16 * 1024 * 1024, '16.0 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(inBytes(bytes)).toBe(words);
});
