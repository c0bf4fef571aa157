import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/**
 * The project came out of real documents of real offices. Nobody named in them is to be found here, so the names stand
 * here only as the first 16 digits of their SHA-256; and nothing is to tell on whose machine this was written.
 */
const namesInTheSources = new Set([
  '8e3ba8229dd46fb1',
  'bdeb30d28abe9369',
  '3f641a321b835216',
  'd976769f5eed3119',
  '92a054e84d6e2e13',
  'd33633af4cef88f1',
  '65b45285ab05f8d3',
  'c22f5afe645815ce',
  'f95d6fc2a13a52a9',
  'ca495d59714f5850',
  'e0e2e9843e7c21cb',
]);

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Every run of two to four Chinese characters (a name may be spaced out, 王　某), and every mail address. */
function namesIn(text: string): Set<string> {
  const found = new Set<string>();
  const closed = text.replace(/(?<=\p{Script=Han})[ \u3000]+(?=\p{Script=Han})/gu, '');
  for (const [run] of `${text}\n${closed}`.matchAll(/\p{Script=Han}{2,}/gu)) {
    const characters = [...run];
    for (const at of characters.keys()) {
      for (const size of [2, 3, 4]) found.add(characters.slice(at, at + size).join(''));
    }
  }
  for (const [mail] of text.matchAll(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g)) found.add(mail.toLowerCase());
  return found;
}

const toldIn = (text: string, watched: ReadonlySet<string>) =>
  [...namesIn(text)].filter((name) => watched.has(digestOf(name)));

/** Folders that exist on a developer's machine only. A path inside an address (`/api/…`) is none. */
const machinePath = /(?<![\w.~*)\]}-])\/(?:work|root|farm|tmp|home\/\w+)\/[\w.-]+/g;

function ownFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  const text = /\.(tsx?|mjs|json|md|css|html|svg|yml|yaml|go|mod|txt|tsv|csv)$|Dockerfile$|^\.[\w/]+$/;
  return listed
    .toString()
    .split('\0')
    .filter((path) => text.test(path) && !path.endsWith('package-lock.json') && existsSync(path));
}

describe('what is published here', () => {
  const files = ownFiles().map((path) => ({ path, text: readFileSync(path, 'utf8') }));

  it('names nobody from the documents it came out of', () => {
    expect(files.length).toBeGreaterThan(20);
    const telling = files.filter(({ text }) => toldIn(text, namesInTheSources).length > 0);
    expect(telling.map(({ path }) => path)).toEqual([]);
  });

  it('mentions no path of the machine it was written on', () => {
    const told = files.flatMap(({ path, text }) =>
      [...text.matchAll(machinePath)].map(([at]) => `${path}: ${at}`),
    );
    expect(told).toEqual([]);
  });
});

describe('the watcher', () => {
  const watched = new Set(['周敏', '沈一鸣', 'someone@example.org'].map(digestOf));

  it.each([
    ['inside a sentence', '请周敏同志发言', '周敏'],
    ['spaced out to three', '组长：周  敏', '周敏'],
    ['of three characters', '由沈一鸣担任', '沈一鸣'],
    ['as a mail address', '发送至Someone@example.org。', 'someone@example.org'],
  ])('finds a name %s', (_where, text, name) => {
    expect(toldIn(text, watched)).toEqual([name]);
  });

  it('knows a path of a machine from a path of an address', () => {
    const paths = ['see /ro', 'ot/notes.md; GET /api/work/today; `/tm', 'p/x`'].join('');
    expect([...paths.matchAll(machinePath)]).toHaveLength(2);
  });
});
