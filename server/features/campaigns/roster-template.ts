const COLUMNS = [
  { label: '单位', width: 28 },
  { label: '姓名', width: 14 },
  { label: '职务', width: 24 },
  { label: '人员类别', width: 14 },
];

const ADVICE = [
  '填写说明',
  '1. 请在“花名册”表中填写，一人一行；单位和姓名必填，职务、人员类别可不填。',
  '2. 姓名中间不必加空格；少数民族姓名用间隔号“·”。',
  '3. 同一单位有重名的，请在姓名后加标记区分，如“李明（初中）”“李明（高中）”；姓名完全相同的不能导入。',
  '4. 请勿填写身份证号等与会议无关的个人信息。最多5000人。',
];

// Lines that are formatted as text beforehand, so that a spreadsheet changes nothing of what is typed.
const PREPARED = 500;

/** The file that 下载模板 gives: a sheet to fill in and one that says how. `readRoster` reads it back. */
export async function rosterTemplate(): Promise<Uint8Array> {
  const { default: write } = await import('write-excel-file/node');
  const header = COLUMNS.map(({ label }) => ({
    value: label,
    type: String,
    fontWeight: 'bold' as const,
    align: 'center' as const,
    alignVertical: 'center' as const,
    height: 24,
    borderStyle: 'thin' as const,
    backgroundColor: '#EEEEEE',
  }));
  const empty = Array.from({ length: PREPARED }, () =>
    COLUMNS.map(() => ({ value: '', type: String, format: '@', borderStyle: 'thin' as const })),
  );
  const advice = ADVICE.map((value) => [{ value, type: String, wrap: true, alignVertical: 'top' as const }]);
  const file = await write(
    [
      {
        sheet: '花名册',
        data: [header, ...empty],
        columns: COLUMNS.map(({ width }) => ({ width })),
        stickyRowsCount: 1,
        orientation: 'landscape',
      },
      { sheet: '填写说明', data: advice, columns: [{ width: 80 }] },
    ],
    { fontFamily: '宋体', fontSize: 11 },
  ).toBuffer();
  return new Uint8Array(file);
}
