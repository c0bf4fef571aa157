import { describe, expect, it } from 'vitest';
import { boundedText, MAX_COLUMN, MAX_ROW } from '../../server/features/campaigns/roster-bounds.ts';
import { readRoster } from '../../server/features/campaigns/roster-file.ts';
import {
  blanks,
  cell,
  commas,
  commasFirst,
  farCell,
  manySheets,
  spaces,
  workbook,
} from '../support/hostile-rosters.ts';

const read = async (file: Uint8Array, name = '名册.xlsx') => {
  const { rows, problems } = await readRoster(file, name);
  return [rows.map((row) => row.name), problems.map(({ reason, value }) => [reason, value])];
};

describe('a workbook', () => {
  it('with a cell in the last corner of its sheet is refused by that cell, before an array is made up to it', async () => {
    expect(await read(farCell())).toEqual([[], [['roster.far-cell', 'XFD1048576']]]);
    expect(await read(farCell('GS2000'))).toEqual([[], [['roster.far-cell', 'GS2000']]]);
    expect(await read(farCell('A20001'))).toEqual([[], [['roster.far-cell', 'A20001']]]);
  });

  it('with a cell just within the bounds is read', async () => {
    expect(await read(farCell(`A${MAX_ROW}`))).toEqual([['何清'], expect.anything()]);
    expect(await read(farCell('GR2000'))).toEqual([['何清'], expect.anything()]);
  });

  it('that hides an address from a reader who looks for letters is refused', async () => {
    for (const tag of [
      '<c r="&#88;FD9999"><v>1</v></c>',
      '<c r="a1"><v>1</v></c>',
      '<c s=">" r="X"><v>1</v></c>',
    ])
      expect(await read(workbook([`<row r="1">${tag}</row>`])), tag).toEqual([
        [],
        [['roster.unreadable', undefined]],
      ]);
    const farRow = `<row r="1048576"><c><v>1</v></c></row>`;
    expect(await read(workbook([farRow]))).toEqual([[], [['roster.far-cell', 'A1048576']]]);
  });

  it('with a colour over a million blank cells is read as if they were not there', async () => {
    expect(await read(blanks(300_000))).toEqual([['何清'], []]);
    const empty = '<c r="C1048576" s="1"></c><c r="XFD1048576"><v></v></c><c r="D1048576" s=">/>"/>';
    const one = `<row r="1">${cell('A1', '单位')}${cell('B1', '姓名')}</row><row r="2">${cell('A2', '一中')}${cell('B2', '何清')}</row>`;
    expect(await read(workbook([`${one}<row r="1048576" spans="1:9">${empty}</row>`]))).toEqual([
      ['何清'],
      [],
    ]);
  });

  it('with blanks in many cells is read', async () => {
    expect(await read(spaces(300, 200))).toEqual([['何清'], []]);
  });

  it('with a sheet for each of 60 schools is read, one of more than 512 parts is not', async () => {
    expect((await read(manySheets(180)))[0]).toEqual(Array.from({ length: 180 }, () => '何清'));
    expect(await read(manySheets(511))).toEqual([[], [['roster.too-large', undefined]]]);
  });
});

describe('a CSV', () => {
  it('of nothing but commas after or before its lines is read as if they were not there', async () => {
    expect(await read(commas(3_000_000), 'a.csv')).toEqual([['何清'], []]);
    expect(await read(commasFirst(3_000_000), 'a.csv')).toEqual([['何清'], []]);
  });

  it('with something beyond column 200 or row 20,000 is refused by its place', () => {
    const at = (rows: number, columns: number) =>
      `单位,姓名${'\n'.repeat(rows - 1)}${','.repeat(columns - 1)}x`;
    expect(boundedText(at(MAX_ROW, MAX_COLUMN))).toHaveLength(at(MAX_ROW, MAX_COLUMN).length);
    for (const [rows, columns, value] of [
      [3, 201, 'GS3'],
      [20_001, 2, 'A20001'],
    ] as const)
      expect(() => boundedText(at(rows, columns))).toThrow(
        expect.objectContaining({ reason: 'roster.far-cell', value }) as Error,
      );
  });

  it('keeps every word: commas and line breaks inside quotes, blanks inside a line, lines between', () => {
    const text = '单位,姓名,备注\r\n一中,"何,清","a,,,\n,,\n"\r\n\n二中, 唐雨 ,x';
    expect(boundedText(`${text},,, ,\r\n,,,\r\n\n`)).toBe(text.replaceAll('\r\n', '\n'));
  });
});
