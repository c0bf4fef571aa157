import { expect, test } from 'vitest';
import { z } from 'zod';
import { auditText } from '../../shared/audit.ts';
import { procedures } from '../../shared/contract/index.ts';
import { Entry } from '../../shared/log.ts';
import { command, download, upload } from '../../shared/procedure.ts';

const Nothing = z.object({});

test('what changes something, or hands out or takes a file, does not compile without saying what it leaves in the audit', () => {
  // @ts-expect-error a command without a declaration
  expect(() => command('POST /x', Nothing, Nothing)).toThrow();
  // @ts-expect-error options without a declaration
  command('POST /x', Nothing, Nothing, { live: true });
  // @ts-expect-error a download without a declaration
  expect(() => download('POST /x', Nothing, Nothing)).toThrow();
  // @ts-expect-error an upload without a declaration
  expect(() => upload('POST /x', Nothing, Nothing)).toThrow();
  const object = () => ({ id: '' });
  // @ts-expect-error a verb without words
  command('POST /x', Nothing, Nothing, { audit: { verb: 'fold', kind: 'unit', object } });
  const Input = z.object({ unitId: z.string() });
  // @ts-expect-error an object that names a field which the input has not
  command('POST /x', Input, Nothing, { audit: { verb: 'edit', kind: 'unit', object: ({ id }) => ({ id }) } });
});

test('only a command that adds an entry to the log of a room leaves its audit to that', () => {
  const left = [...procedures].filter(([, { audit }]) => audit === 'room');
  expect(left.length).toBeGreaterThan(10);
  for (const [name, { output, live }] of left)
    expect([name, output === Entry, live]).toEqual([name, true, true]);
});

test('nothing is left out of the audit but what changes nothing that anybody has said', () => {
  const silent = [...procedures].filter(([, { kind, audit }]) => kind !== 'query' && audit === 'none');
  // A draft is mended by the server as it must be, whoever's page asks for it.
  const names = ['board.mendDraft', 'session.watch', 'session.away', 'session.close'];
  expect(silent.map(([name]) => name)).toEqual(names);
});

test('every row has its words', () => {
  const said = [...procedures.values()].flatMap(({ audit }) =>
    typeof audit === 'object' ? [auditText(audit.verb, audit.kind, 'zh')] : [],
  );
  expect(said).toEqual(expect.arrayContaining(['删除单位', '导出纪要', '退出其他设备', '登录账号']));
  for (const words of said) expect(words).not.toMatch(/[a-z]/);
  expect(auditText('remove', 'unit', 'en')).toBe('deleted a unit');
  expect(auditText('fold', 'napkin', 'en')).toBe('fold napkin');
});
