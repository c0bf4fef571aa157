import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * The errors that a test did not announce. A server that logs at error level, or a page or library that calls
 * `console.error`, fails the test it happens in: a green run is to mean that nothing went wrong on the quiet.
 */
interface Expectation {
  pattern: RegExp;
  met: boolean;
}

let unexpected: string[] = [];
let expected: Expectation[] = [];

/** Announces that this test provokes an error whose text matches; the test fails when none comes. Holds for this test. */
export function expectError(pattern: RegExp): void {
  const others = unexpected.filter((text) => !pattern.test(text));
  expected.push({ pattern, met: others.length < unexpected.length });
  unexpected = others;
}

/** True when all that was announced has come: to be waited for where it comes after what the test looks at. */
export const announcedErrorsCame = (): boolean => expected.every(({ met }) => met);

/** Records one error's text. */
export function recordError(text: string): void {
  const match = expected.find((each) => each.pattern.test(text));
  if (match) match.met = true;
  else unexpected.push(text);
}

/** Records a line of a JSON log when its level is error (pino's 50) or above. Other lines are no affair of ours. */
export function recordLogLine(line: string): void {
  const level = /"level":\s*(?:(\d+)|"(\w+)")/.exec(line);
  if (level && (Number(level[1]) >= 50 || level[2] === 'error' || level[2] === 'fatal'))
    recordError(line.trim());
}

/** A destination for the log of a server inside the test's own process. */
export const logStream = {
  write(lines: string): void {
    for (const line of lines.split('\n')) recordLogLine(line);
  },
};

/** Watches the output of a server in a process of its own. */
export function watchLog(output: Readable): void {
  createInterface({ input: output }).on('line', recordLogLine);
}

/** Empties the collector; returns what went wrong: errors nobody announced, and announcements nothing met. */
export function settleErrors(): string[] {
  const missing = expected
    .filter((each) => !each.met)
    .map((each) => `expected an error like ${each.pattern}`);
  const found = [...unexpected.map((text) => `unexpected error: ${text}`), ...missing];
  unexpected = [];
  expected = [];
  return found;
}
