import { format } from 'node:util';
import { afterAll, afterEach } from 'vitest';
import { recordError, settleErrors } from './errors.ts';
import { endTestStorage } from './test-storage.ts';

/** Runs in every test file: a test with an unannounced error fails (see errors.ts). */
console.error = (...parts: unknown[]) => recordError(format(...parts));

function failOnErrors(): void {
  const found = settleErrors();
  if (found.length > 0) throw new Error(found.join('\n'));
}

afterEach(failOnErrors);
afterAll(failOnErrors);
afterAll(endTestStorage);
