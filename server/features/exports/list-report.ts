import { type ProblemRow, SOURCE_LABEL, STATUS_LABEL, standingRows } from '../../../shared/problem.ts';
import type { Report } from './report.ts';

/** 2026年3月5日 */
const dayText = (day: string) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');

/** 问题清单 with the default columns of working practice; withdrawn and empty rows are left out, 序号 is the position. */
export function listReport(
  unitName: string,
  rows: readonly ProblemRow[],
  topics: ReadonlyMap<string, string>,
  madeAt: string,
): Report {
  const shown = standingRows(rows);
  const source = (row: ProblemRow) =>
    [row.source === '' ? '' : SOURCE_LABEL[row.source].zh, row.sourceNote].filter((t) => t !== '').join('：');
  return {
    kind: 'list',
    title: '问题清单',
    subject: unitName,
    facts: [],
    blocks: [
      {
        kind: 'table',
        columns: [
          { label: '序号', share: 1.5, align: 'center' },
          { label: '问题类别', share: 3 },
          { label: '具体问题（表现）', share: 7 },
          { label: '问题来源', share: 2 },
          { label: '原因剖析', share: 6 },
          { label: '涉及单位', share: 2.5 },
          { label: '认领人', share: 1.8, align: 'center' },
          { label: '提出日期', share: 3.7, align: 'center' },
          { label: '状态', share: 2, align: 'center' },
        ],
        rows: shown.map((row, at) => [
          String(at + 1),
          topics.get(row.topic) ?? '',
          row.problem,
          source(row),
          row.cause,
          row.units,
          row.owner,
          dayText(row.proposedOn),
          STATUS_LABEL[row.status].zh,
        ]),
      },
    ],
    draft: false,
    made: madeAt,
    language: 'zh',
  };
}
