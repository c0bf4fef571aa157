import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { officeWords } from '../../client/features/office/words.ts';
import { ROSTER_ROWS, readRoster } from '../../server/features/campaigns/roster-file.ts';
import { rosterTemplate } from '../../server/features/campaigns/roster-template.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

type Value = string | number | null | { value: string; rowSpan: number };

async function xlsx(rows: Value[][]): Promise<Uint8Array> {
  return new Uint8Array(await writeXlsx(rows).toBuffer());
}

const read = async (bytes: Uint8Array, name: string) => {
  const { rows, problems } = await readRoster(bytes, name);
  return { rows, problems };
};

/** GBK as WPS writes it: the decoder turned round. */
function gbk(text: string): Uint8Array {
  const decode = new TextDecoder('gbk');
  const bytes = new Map<string, number[]>();
  for (let hi = 0x81; hi <= 0xfe; hi++)
    for (let lo = 0x40; lo <= 0xfe; lo++) {
      const char = decode.decode(Uint8Array.of(hi, lo));
      if ([...char].length === 1 && !bytes.has(char)) bytes.set(char, [hi, lo]);
    }
  return Uint8Array.from([...text].flatMap((c) => (c < '\x80' ? [c.charCodeAt(0)] : (bytes.get(c) ?? []))));
}

const PLAIN = '单位,姓名,职务\n教科研一室,周敏,主任\n教科研二室,陆远航,教研员\n';
const TWO = [
  { line: 2, unit: '教科研一室', name: '周敏', position: '主任' },
  { line: 3, unit: '教科研二室', name: '陆远航', position: '教研员' },
];

describe('a roster as people send it', () => {
  it('is read from CSV in UTF-8, with a mark at its beginning or without', async () => {
    expect(await read(utf8(PLAIN), '花名册.csv')).toEqual({ rows: TWO, problems: [] });
    expect(await read(utf8(`\uFEFF${PLAIN}`), '花名册.csv')).toEqual({ rows: TWO, problems: [] });
  });

  it('is read from CSV in GBK and from UTF-16 text with tabs', async () => {
    expect(await read(gbk(PLAIN), '花名册.csv')).toEqual({ rows: TWO, problems: [] });
    const tabs = Buffer.from(`\uFEFF${PLAIN.replaceAll(',', '\t')}`, 'utf16le');
    expect(await read(tabs, '花名册.txt')).toEqual({ rows: TWO, problems: [] });
  });

  it('is read from a sheet with a title, a running number, merged units, padded names and figures as telephones', async () => {
    const file = await xlsx([
      ['教科研系统2026年花名册', null, null, null, null],
      [null, null, null, null, null],
      ['序号', '所在单位（全称）', '姓　名*', '现任职务', '联系电话'],
      [1, { value: '教科研一室', rowSpan: 2 }, '陆　川', '主任', 13800001111],
      [2, null, '沈一鸣', null, "'010-1234567"],
      [3, '教科研二室', '阿不都•热合曼', '教研员', '１３９００００２２２２'],
      [4, null, null, null, null],
      ['合计', null, '3人', null, null],
      [null, null, null, null, null],
      ['制表人：何清', null, null, null, '2026年3月18日'],
    ]);
    expect(await read(file, '花名册.xlsx')).toEqual({
      rows: [
        { line: 4, unit: '教科研一室', name: '陆川', position: '主任', phone: '13800001111' },
        { line: 5, unit: '教科研一室', unitFrom: 4, name: '沈一鸣', phone: '010-1234567' },
        { line: 6, unit: '教科研二室', name: '阿不都·热合曼', position: '教研员', phone: '13900002222' },
      ],
      problems: [],
    });
  });

  it('has its header in one row or two, and a unit column is preferred to one of departments', async () => {
    const csv = '基本信息,,,联系\n科室,单位,姓名,手机\n办公室,第一中学,唐雨,13800001111\n';
    expect((await read(utf8(csv), 'a.csv')).rows).toEqual([
      { line: 3, unit: '第一中学', name: '唐雨', phone: '13800001111' },
    ]);
    const merged = '单位,基本信息,\n,姓名,职务\n第一中学,唐雨,教师\n';
    expect((await read(utf8(merged), 'a.csv')).rows).toEqual([
      { line: 3, unit: '第一中学', name: '唐雨', position: '教师' },
    ]);
    const under = '单位,姓名,联系方式,\n,,手机,邮箱\n第一中学,唐雨,13800001111,a@example.org\n';
    expect((await read(utf8(under), 'a.csv')).rows).toEqual([
      { line: 3, unit: '第一中学', name: '唐雨', phone: '13800001111' },
    ]);
  });

  it('keeps foreign names with one blank and drops what nobody sees', async () => {
    const csv =
      '单位,姓名\n外语组,Anna   Lee\n外语组,欧 阳 静 怡\u200B\n外语组,阿依古丽．买买提\n外语组,𠮷野\n';
    expect((await read(utf8(csv), 'a.csv')).rows.map((r) => r.name)).toEqual([
      'Anna Lee',
      '欧阳静怡',
      '阿依古丽·买买提',
      '𠮷野',
    ]);
  });

  it('may hold a first sheet that is something else', async () => {
    const sheets = [
      { sheet: '说明', data: [['请在下一张表中填写']] },
      {
        sheet: '名单',
        data: [
          ['姓名', '部门'],
          ['何清', '教科研一室'],
        ],
      },
    ];
    const file = new Uint8Array(await writeXlsx(sheets).toBuffer());
    expect((await read(file, 'a.xlsx')).rows).toEqual([
      { sheet: '名单', line: 2, unit: '教科研一室', name: '何清' },
    ]);
  });
});

describe('what is wrong with a roster', () => {
  it('is said by line and column, and the other lines are still read', async () => {
    const csv = `单位,姓名,职务\n,周敏,\n教科研一室,,主任\n教科研一室,${'长'.repeat(61)},\n教科研一室,何清,${'长'.repeat(201)}\n教科研一室,唐雨,\n`;
    expect(await read(utf8(csv), 'a.csv')).toEqual({
      rows: [{ line: 6, unit: '教科研一室', name: '唐雨' }],
      problems: [
        { line: 2, column: 'A', reason: 'roster.unit-missing' },
        { line: 3, column: 'B', reason: 'roster.name-missing' },
        { line: 4, column: 'B', reason: 'roster.too-long', value: '60' },
        { line: 5, column: 'C', reason: 'roster.too-long', value: '200' },
      ],
    });
  });

  it('includes the same name twice in one unit, but not in two', async () => {
    const csv = '单位,姓名\n一室,陆 川\n二室,陆川\n一室,陆川\n';
    const roster = await read(utf8(csv), 'a.csv');
    expect(roster.problems).toEqual([{ line: 4, column: 'B', reason: 'roster.duplicate', value: '2' }]);
    expect(roster.rows).toHaveLength(3);
  });

  it('includes letters of private drawing and telephones whose last figures are lost', async () => {
    const csv = '单位,姓名,电话\n一室,陆\uE001,1.38E+10\n';
    const roster = await read(utf8(csv), 'a.csv');
    expect(roster.problems.map((p) => [p.column, p.reason])).toEqual([
      ['B', 'roster.private-use'],
      ['C', 'roster.phone-shortened'],
    ]);
    expect(roster.rows[0]).not.toHaveProperty('phone');
  });

  const whole: [string, Uint8Array, string, string][] = [
    ['an old .xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), 'a.xls', 'roster.xls'],
    ['a web page called .xls', utf8('<html><table><tr><td>姓名'), 'a.xls', 'roster.xls'],
    ['an .xlsx with a password', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 'a.xlsx', 'roster.password'],
    ['an empty file', new Uint8Array(), 'a.csv', 'roster.empty'],
    ['blank lines only', utf8('\n , \n'), 'a.csv', 'roster.empty'],
    ['a header without people', utf8('单位,姓名\n'), 'a.csv', 'roster.empty'],
    ['a file without a column of names', utf8('单位,职务\n一室,主任\n'), 'a.csv', 'roster.no-header'],
    ['a file without a column of units', utf8('姓名,职务\n周敏,主任\n'), 'a.csv', 'roster.no-unit-column'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0xff), 'a.csv', 'roster.encoding'],
    ['text with NUL', utf8('单位,姓名\n一室,陆\0川\n'), 'a.csv', 'roster.unreadable'],
    ['half an .xlsx', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3), 'a.xlsx', 'roster.unreadable'],
  ];
  it.each(whole)('refuses %s with its reason', async (_, bytes, name, reason) => {
    const { rows, problems } = await read(bytes, name);
    expect(rows).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ line: 0, column: '', reason })]);
  });

  it('refuses more people than a campaign has, and says how many there are', async () => {
    const lines = Array.from({ length: ROSTER_ROWS + 1 }, (_, i) => `一室,周敏${i}`);
    const most = await read(utf8(`单位,姓名\n${lines.slice(1).join('\n')}`), 'a.csv');
    expect(most.rows).toHaveLength(ROSTER_ROWS);
    const tooMany = await read(utf8(`单位,姓名\n${lines.join('\n')}`), 'a.csv');
    expect(tooMany).toEqual({
      rows: [],
      problems: [{ line: 0, column: '', reason: 'roster.too-many-rows', value: '5001' }],
    });
  });

  it('refuses a small file that unpacks to a huge one', async () => {
    const { zipSync } = await import('fflate');
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(70 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(200_000);
    expect((await read(bomb, 'a.xlsx')).problems[0]?.reason).toBe('roster.too-large');
  });
});

describe('the template', () => {
  it('is understood by the reader: empty until somebody fills it in', async () => {
    expect((await read(await rosterTemplate(), '模板.xlsx')).problems).toEqual([
      { line: 0, column: '', reason: 'roster.empty' },
    ]);
  });

  it('calls its columns as the pages do', async () => {
    const [sheet] = await readXlsx(Buffer.from(await rosterTemplate()));
    const { position, level } = officeWords.zh;
    expect(sheet?.data[0]).toEqual(['单位', '姓名', position, level]);
  });
});
