import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { procedures } from '../../shared/contract/index.ts';
import { failureText } from '../../shared/labels.ts';
import { REASON_LABEL } from '../../shared/reason-labels.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Told by the sentence of their code, which says all that a person can do about them. */
const BY_CODE = new Set([
  ...['not.allowed', 'input.invalid', 'input.twice', 'input.wrong', 'id.taken', 'id.reused', 'code.none'],
  ...['route.unknown', 'body.form', 'protocol.old', 'http.needed', 'server.fault'],
  ...['board.value', 'document.load', 'document.name', 'blob.id', 'blob.large', 'storage.away'],
  ...['record.id', 'record.index', 'record.version', 'record.gone', 'record.busy', 'record.shape'],
  ...['record.large', 'number.whole', 'number.finite', 'index.scalar'],
]);
/** The operator's, at start. */
const AT_START = new Set(['storage.held']);
/** Dotted words that are no reasons: ids of paragraphs, files, packages. */
const OTHERS = new Set([
  ...['problems.lead', 'unfinished.text', 'item.none'],
  ...['socket.io', 'socket.io-parser', 'poli.db', 'index.html', 'collab.frame'],
]);

function wordsOf(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((name) => name.endsWith('.ts') && name !== 'reason-labels.ts')
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
  return texts.flatMap((text) =>
    [...text.matchAll(/'([a-z]+\.[a-z]+(?:-[a-z]+)*)'/g)].map(([, word]) => word!),
  );
}

const words = new Set([...wordsOf('server'), ...wordsOf('shared')]);
const procedureNames = new Set<string>(procedures.keys());

describe('every reason for which something is refused', () => {
  test('has a sentence in both languages, or stands on the list of those that their code explains', () => {
    const silent = [...words].filter(
      (word) =>
        REASON_LABEL[word] === undefined &&
        ![procedureNames, BY_CODE, AT_START, OTHERS].some((known) => known.has(word)),
    );
    expect(silent).toEqual([]);
    for (const [reason, { zh, en }] of Object.entries(REASON_LABEL)) {
      expect([reason, zh]).toEqual([reason, expect.stringMatching(/\p{Script=Han}/u)]);
      expect([reason, en]).toEqual([reason, expect.stringMatching(/^[A-Z{].*[.?)]$/)]);
    }
  });

  test('on these lists is still in use', () => {
    expect([...BY_CODE, ...AT_START, ...OTHERS].filter((word) => !words.has(word))).toEqual([]);
  });

  test('says who was first, and when in Beijing', () => {
    const failure = { code: 'CONFLICT', reason: 'edit.late' } as const;
    const facts = { by: '周敏', at: '2026-03-18T16:30:00.000Z' };
    expect(failureText({ ...failure, facts }, 'zh')).toContain('周敏 已在 2026-03-19 00:30 改过');
    const today = failureText({ ...failure, facts: { ...facts, at: new Date().toISOString() } }, 'zh');
    expect(today).toMatch(/周敏 已在 \d\d:\d\d 改过/);
  });
});
