import { describe, expect, it } from 'vitest';
import { readRoster } from '../../server/features/campaigns/roster-file.ts';
import type { Chosen } from '../../server/features/campaigns/roster-problem.ts';
import { book } from '../support/roster-book.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const HEAD = ['单位', '姓名', '职务'];

/** Who was read, what is wrong and what was left, each in short. */
async function read(file: Uint8Array, name = '名册.xlsx', chosen?: Chosen) {
  const { rows, problems, left, choices, cells } = await readRoster(file, name, chosen);
  return {
    people: rows.map((row) => [row.unit, row.name, row.position].filter(Boolean).join(' ')),
    problems: problems.map(
      (p) => `${p.sheet ? `${p.sheet}!` : ''}${p.column}${p.line} ${p.reason}${p.value ? ` ${p.value}` : ''}`,
    ),
    left: left.map((l) => `${l.kind} ${[l.sheet, l.column, l.line].filter(Boolean).join(' ')}: ${l.cells}`),
    choices: choices.map(
      (c) => `${c.key} ${c.kind} ${c.taken ? 'taken' : 'left'} ${c.lines}${c.text ? ` ${c.text}` : ''}`,
    ),
    cells,
    rows,
  };
}

describe('several sheets', () => {
  const school = (name: string, people: string[]) => ({
    name,
    rows: [HEAD, ...people.map((person) => [name, person, '教师'])],
  });

  it('with people are one roster; one without is named with what it holds', async () => {
    const file = book(
      { name: '说明', rows: [['一人一行'], [null, '请勿合并']] },
      school('一中', ['周敏', '唐雨']),
      { name: '空', rows: [] },
      school('二中', ['何清']),
    );
    const { people, rows, left, cells, choices } = await read(file);
    expect(people).toEqual(['一中 周敏 教师', '一中 唐雨 教师', '二中 何清 教师']);
    expect(rows.map(({ sheet, line }) => [sheet, line])).toEqual([
      ['一中', 2],
      ['一中', 3],
      ['二中', 2],
    ]);
    expect(left).toEqual(['no-header 说明 1: 2', 'header 一中 1: 3', 'header 二中 1: 3']);
    expect(choices).toEqual(['sheet2 sheet taken 2', 'sheet4 sheet taken 1']);
    expect(cells).toEqual({ read: 9, left: 8, problems: 0 });
  });

  it('may be left by the office, and a person in two of them is a problem by sheet and line', async () => {
    const file = book(school('一中', ['周敏']), { ...school('一中', ['周敏']), name: '主持人' });
    expect((await read(file)).problems).toEqual(['主持人!B2 roster.duplicate-sheet 一中!B2']);
    const without = await read(file, 'a.xlsx', new Map([['sheet2', false]]));
    expect([without.people, without.problems]).toEqual([['一中 周敏 教师'], []]);
    expect(without.left).toContain('sheet 主持人 1: 6');
  });

  it('that are hidden are asked about and left by themselves', async () => {
    const file = book(school('一中', ['周敏']), { ...school('旧', ['唐雨']), state: 'veryHidden' });
    const seen = await read(file);
    expect([seen.people, seen.choices]).toEqual([['一中 周敏 教师'], ['sheet2 hidden-sheet left 1']]);
    expect(seen.left).toContain('hidden-sheet 旧 1: 6');
    expect((await read(file, 'a.xlsx', new Map([['sheet2', true]]))).people).toHaveLength(2);
  });

  it('that list names without units are left beside those that have them', async () => {
    const duty = {
      name: '值班',
      rows: [
        ['姓名', '电话'],
        ['周敏', '13800001111'],
      ],
    };
    const { people, left } = await read(book(school('一中', ['周敏']), duty));
    expect(people).toEqual(['一中 周敏 教师']);
    expect(left).toContain('no-unit 值班 1: 4');
    expect((await read(book(duty))).problems).toEqual(['0 roster.no-unit-column']);
  });
});

describe('hidden lines and columns', () => {
  const rows = [HEAD, ['一室', '周敏', '主任'], ['一室', '唐雨', '教师'], ['二室', '何清', '教师']];

  it('are asked about; what is not seen is left unless taken', async () => {
    const file = book({ name: '名单', rows, hiddenRows: [3, 4], hiddenColumns: [3] });
    const seen = await read(file);
    expect(seen.people).toEqual(['一室 周敏']);
    expect(seen.choices).toEqual(['rows1 hidden-rows left 2', 'columns1 hidden-columns left 3 职务']);
    expect(seen.left).toEqual(['hidden-columns C: 3', 'header 1: 3', 'hidden-rows 3: 4']);
    const all = await read(
      file,
      'a.xlsx',
      new Map([
        ['rows1', true],
        ['columns1', true],
      ]),
    );
    expect(all.people).toEqual(['一室 周敏 主任', '一室 唐雨 教师', '二室 何清 教师']);
  });

  it('of units or names are taken, since nothing can be read without them', async () => {
    const file = book({ name: '名单', rows, hiddenColumns: [1] });
    const { people, choices } = await read(file);
    expect([people.length, choices]).toEqual([3, ['columns1 hidden-columns taken 3 单位']]);
    const left = await read(file, 'a.xlsx', new Map([['columns1', false]]));
    expect([left.people, left.problems.length]).toEqual([[], 3]);
    expect(left.choices).toEqual(['columns1 hidden-columns left 3 单位']);
  });

  it('without anybody in them are not asked about', async () => {
    const file = book({ name: '名单', rows: [['名册'], ...rows], hiddenRows: [1, 2, 9], hiddenColumns: [7] });
    const { people, choices } = await read(file);
    expect([people.length, choices]).toEqual([3, []]);
  });
});

describe('lines of the form', () => {
  it('that stand again in the middle are nobody: headers, titles, sections, sums', async () => {
    const { people, left, problems } = await read(
      utf8(
        '教科研系统花名册\n单位,姓名,职务\n一室,周敏,主任\n小计,1人,\n教科研系统花名册\n单位,姓名,职务\n一、二室（1人）,,\n二室,何清,主任\n',
      ),
      'a.csv',
    );
    expect([people, problems]).toEqual([['一室 周敏 主任', '二室 何清 主任'], []]);
    expect(left).toEqual([
      'title 1: 1',
      'header 2: 3',
      'footer 4: 2',
      'title 5: 1',
      'header 6: 3',
      'note 7: 1',
    ]);
  });

  it('merged over the names are titles, whatever they say; a unit is not filled down over them', async () => {
    const rows = [HEAD, ['一室', '周敏', null], ['高中', null, null], [null, '唐雨', null]];
    const { people, problems, left } = await read(book({ name: '名单', rows, merges: ['A3:C3'] }));
    expect([people, problems]).toEqual([['一室 周敏'], ['A4 roster.unit-missing']]);
    expect(left).toContain('note 3: 1');
  });

  it('with other columns from there on are read by them', async () => {
    const { people, left } = await read(
      utf8('单位,姓名,职务\n一室,周敏,主任\n序号,姓名,单位,职务\n1,何清,二室,教师\n'),
      'a.csv',
    );
    expect(people).toEqual(['一室 周敏 主任', '二室 何清 教师']);
    expect(left).toContain('column A: 1');
  });
});

describe('lists side by side', () => {
  it('are read one after the other, each with its own units', async () => {
    const { people, left, cells } = await read(
      utf8(
        '序号,单位,姓名,职务,,序号,单位,姓名,职务\n1,一室,周敏,主任,,3,二室,何清,主任\n2,,唐雨,教师,,4,,陆川,教师\n合计,,2人,,,,,,\n',
      ),
      'a.csv',
    );
    expect(people).toEqual(['一室 周敏 主任', '一室 唐雨 教师', '二室 何清 主任', '二室 陆川 教师']);
    expect(left).toEqual(['header 1: 8', 'column A: 2', 'footer 4: 2', 'column F: 2']);
    expect(cells).toEqual({ read: 10, left: 14, problems: 0 });
  });

  it('have their headers again one by one, and take no unit from one another', async () => {
    const { people, problems, left } = await read(
      utf8(
        '单位,姓名,,单位,姓名\n一室,周敏,,二室,何清\n一室,唐雨,,单位,姓名\n,,,三室,陆川\n姓名,单位,,,沈一鸣\n',
      ),
      'a.csv',
    );
    expect(people).toEqual(['一室 周敏', '一室 唐雨', '二室 何清', '三室 陆川', '三室 沈一鸣']);
    expect(problems).toEqual(['B5 roster.name-missing']);
    expect(left).toEqual(['header 1: 4', 'header 3: 2']);
  });

  it('share the unit that stands left of them all', async () => {
    const { people } = await read(
      utf8('单位,姓名,姓名,姓名\n一室,周敏,唐雨,\n二室,何清,陆川,沈一鸣\n'),
      'a.csv',
    );
    expect(people).toEqual(['一室 周敏', '二室 何清', '一室 唐雨', '二室 陆川', '二室 沈一鸣']);
  });
});

describe('several people in one cell', () => {
  const csv = (cell: string, position = '教师') => utf8(`单位,姓名,职务\n一室,"${cell}",${position}\n`);

  it.each(['周敏、唐雨', '周敏，唐雨', '周敏/唐雨', '周 敏、唐　雨', '周敏\n唐雨'])(
    'are told apart where that is certain: %s',
    async (cell) => {
      const { people, rows, cells } = await read(csv(cell), 'a.csv');
      expect(people).toEqual(['一室 周敏 教师', '一室 唐雨 教师']);
      expect(rows.map(({ sharing }) => sharing)).toEqual([2, 2]);
      expect(cells).toEqual({ read: 3, left: 3, problems: 0 });
    },
  );

  it.each([
    '周敏 唐雨',
    '周敏、主任',
    '周敏唐雨、何清',
    '周敏（主任）、唐雨',
    '周敏等3人',
    'Lee, Anna',
    '周敏 主任',
  ])('are a problem where it is not: %s', async (cell) => {
    const { people, problems } = await read(csv(cell), 'a.csv');
    expect([people, problems]).toEqual([[], [`B2 roster.several-people ${cell}`]]);
  });

  it('have each a post of their own that nobody can tell apart', async () => {
    expect((await read(csv('周敏、唐雨', '"主任、教师"'), 'a.csv')).problems).toEqual([
      'B2 roster.several-people 周敏、唐雨',
    ]);
  });

  it.each(['李明（初中、高中）', '欧 阳 静 怡', '欧阳　静怡', '陆　川', 'Anna Lee', '阿不都•热合曼'])(
    'are not seen where there is one: %s',
    async (cell) => {
      const { people, problems } = await read(csv(cell), 'a.csv');
      expect([people.length, problems]).toEqual([1, []]);
    },
  );
});

describe('what a formula has lost', () => {
  it('is a problem where it stands and gives nobody below a unit', async () => {
    const file = book({
      name: '名单',
      rows: [
        HEAD,
        ['一室', '周敏', '主任'],
        [{ error: '#REF!', formula: 'X!A1' }, '唐雨', null],
        [null, '陆川', null],
        [{ formula: 'B2', result: 0 }, '何清', null],
        ['二室', { error: '#N/A' }, null],
        ['二室', '沈一鸣', { formula: 'VLOOKUP(B6,X,2)' }],
        ['二室', '梁思齐', { formula: 'IF(1,"","")', result: '' }],
      ],
    });
    const { people, problems } = await read(file);
    expect(people).toEqual(['一室 周敏 主任', '二室 梁思齐']);
    expect(problems).toEqual([
      'A3 roster.error-cell #REF!',
      'A4 roster.unit-missing',
      'A5 roster.error-cell 0',
      'B6 roster.error-cell #N/A',
      'C7 roster.error-cell =VLOOKUP(B6,X,2)',
    ]);
  });

  it('does no harm in a column that is not read', async () => {
    const { people, problems } = await read(utf8('年龄,单位,姓名\n#VALUE!,一室,周敏\n'), 'a.csv');
    expect([people, problems]).toEqual([['一室 周敏'], []]);
  });
});

describe('units that are not written again', () => {
  it('are shown with the line they come from', async () => {
    const rows = [
      HEAD,
      ['一室', '周敏', null],
      [null, '唐雨', null],
      ['二室', '何清', null],
      [null, '陆川', null],
    ];
    const read = await readRoster(book({ name: '名单', rows, merges: ['A2:A3'] }), 'a.xlsx');
    expect(read.rows.map(({ unit, unitFrom }) => [unit, unitFrom])).toEqual([
      ['一室', undefined],
      ['一室', 2],
      ['二室', undefined],
      ['二室', 4],
    ]);
  });
});

describe('quotation marks', () => {
  it.each([
    ['that are never closed', '单位,姓名,职务\n一室,周敏,主任\n一室,唐雨,"教师\n二室,何清,主任\n', 3],
    ['that are closed within a word', '单位,姓名\n"一室,唐雨\n"二室"x,何清\n', 2],
    ['that open within a word', '单位,姓名,职务\n一室,周敏,主任\n\n一室,唐雨,高级"教师"\n', 4],
  ])('%s are refused with the line', async (_, csv, line) => {
    const { people, problems } = await read(utf8(csv), 'a.csv');
    expect([people, problems]).toEqual([[], [`${line} roster.quote`]]);
  });

  it('in pairs are read, and so are figures that a system keeps as text', async () => {
    const { people } = await read(
      utf8('序号,单位,姓名,职务\n="01",一室,"周""敏""","主任,\n书记"\n'),
      'a.csv',
    );
    expect(people).toEqual(['一室 周"敏" 主任, 书记']);
  });
});

describe('how it is written', () => {
  const CSV = '单位,姓名\r\n一室,周敏\r\n二室,𠮷野\r\n';

  it.each([
    ['UTF-16 with its end first', Buffer.from(`\uFEFF${CSV}`, 'utf16le')],
    ['UTF-16 with its head first', Buffer.from(`\uFEFF${CSV}`, 'utf16le').swap16()],
    ['the same without a mark', Buffer.from(CSV, 'utf16le').swap16()],
    ['and the other', Buffer.from(CSV, 'utf16le')],
    ['UTF-8 with line ends of old', Buffer.from(CSV.replaceAll('\r\n', '\r'))],
  ])('may be %s', async (_, bytes) => {
    expect((await read(bytes, 'a.csv')).people).toEqual(['一室 周敏', '二室 𠮷野']);
  });

  it('may leave addresses away, share texts and set words in several pieces', async () => {
    const rows = [
      [null, '单位', '姓名'],
      [],
      [1, { shared: '一室' }, { rich: ['周', '敏'] }],
      [2, null, { shared: '𠮷野&<何清>_x000A_' }],
    ];
    const one = await read(book({ name: '名单', rows, bare: true }));
    expect(one.people).toEqual(['一室 周敏', '一室 𠮷野&<何清>']);
    expect(one.rows.map(({ line }) => line)).toEqual([3, 4]);
    expect(await read(book({ name: '名单', rows }))).toEqual(one);
  });
});
