import { chineseNumber } from '../../../shared/numbering.ts';
import { topicName } from '../../../shared/topic.ts';
import type { Entry, PersonState } from '../../../shared/log.ts';
import { attendance, COLUMN_LABEL, columnsOf } from '../minutes/attendance.ts';
import { type Composed, sourceOf, type Source } from '../minutes/composed.ts';
import { timeAndPlace } from '../minutes/opening.ts';
import { found, resolutions } from '../minutes/results.ts';
import { clockTime } from '../minutes/wording.ts';
import { proposerOf } from '../session/meeting-rows.ts';
import { course, type Happening } from './record-course.ts';
import type { Block, Fact, Report } from './report.ts';

/** Blocks under a heading, left out when there are none. */
interface Part {
  title: string;
  blocks: Block[];
}

function courseBlocks(happenings: readonly Happening[]): Block[] {
  let items = 0;
  return happenings.map((each): Block => {
    if (each.kind === 'heading')
      return { kind: 'heading', level: 2, text: `（${chineseNumber(++items)}）${each.text}` };
    const text = each.kind === 'line' ? `${each.time}　${each.text}` : each.text;
    return { kind: 'paragraph', text, indent: false };
  });
}

/** What has no second beside it is not numbered. */
function paragraphsOf(composed: readonly Composed[]): Block[] {
  const items = composed.filter((each) => each.kind === 'item');
  const number = (at: number) => (items.length > 1 ? `${at + 1}.` : '');
  return items.map((each, at) => ({ kind: 'paragraph', text: `${number(at)}${each.composed}` }));
}

function rowBlocks(source: Source): Block[] {
  const rows = found(source);
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        { label: '序号', share: 1.2, align: 'center' },
        { label: '具体问题', share: 6 },
        { label: '原因剖析', share: 4 },
        { label: '提出人', share: 1.8, align: 'center' },
      ],
      rows: rows.map((each, at) => [
        String(at + 1),
        each.row.problem,
        each.row.cause,
        proposerOf(each, source.state.people),
      ]),
    },
  ];
}

function attendanceBlocks(source: Source, columns: ReturnType<typeof columnsOf>): Block[] {
  const time = (at: string | undefined) => (at === undefined ? '' : clockTime(at));
  const line = (label: string, { name, unitName, joinedAt, leftAt }: PersonState) => {
    const was = joinedAt !== undefined && joinedAt <= (source.state.endedAt ?? joinedAt);
    return [
      name,
      unitName,
      label,
      was ? time(joinedAt) : '',
      was ? time(leftAt ?? source.state.endedAt) : '',
    ];
  };
  const rows = [...columns].flatMap(([column, people]) =>
    people.map((person) => line(COLUMN_LABEL[column], person)),
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        { label: '姓名', share: 2.4, align: 'center' },
        { label: '单位', share: 5 },
        { label: '出席情况', share: 2, align: 'center' },
        { label: '到会', share: 1.6, align: 'center' },
        { label: '离会', share: 1.6, align: 'center' },
      ],
      rows,
    },
  ];
}

function facts(source: Source, columns: ReturnType<typeof columnsOf>): Fact[] {
  const staff = attendance(source, columns).filter((each) => /^fact\.(chair|record|figures)$/.test(each.id));
  const plan = source.state.schedule;
  const topic = plan ? topicName(plan.topic) : '';
  return [
    ...timeAndPlace(source).map((each) => ({ label: each.label, text: each.composed })),
    ...(plan ? [{ label: '主办', text: plan.hostUnit.name }] : []),
    ...(topic === '' ? [] : [{ label: '主题', text: topic }]),
    ...staff.map((each) => ({ label: each.label, text: each.composed })),
  ];
}

/**
 * 会议记录: everything of the meeting in its order, plain. Pure: the same log gives the same record. Never in it: what was
 * recalled, hidden or struck, why somebody is on leave, and who is on no roster.
 */
export function recordReport(sessionId: string, entries: readonly Entry[], madeAt: string): Report {
  const source = sourceOf(sessionId, entries);
  const columns = columnsOf(source);
  const parts: Part[] = [
    { title: '会议经过', blocks: courseBlocks(course(source)) },
    { title: '议定事项', blocks: paragraphsOf(resolutions(source, 'decision', '', '责任单位')) },
    { title: '工作分工', blocks: paragraphsOf(resolutions(source, 'action', '', '责任人')) },
    { title: '列入清单的问题', blocks: rowBlocks(source) },
    { title: '出席情况', blocks: attendanceBlocks(source, columns) },
  ];
  const standing = parts.filter((part) => part.blocks.length > 0);
  return {
    kind: 'minutes',
    title: '会议记录',
    subject: source.state.schedule?.title ?? '',
    facts: facts(source, columns),
    blocks: standing.flatMap((part, at): Block[] => [
      { kind: 'heading', level: 1, text: `${chineseNumber(at + 1)}、${part.title}` },
      ...part.blocks,
    ]),
    footNote: '本记录按会议过程逐条生成，未作整理；已撤回和已隐藏的发言不列入。',
    draft: false,
    made: madeAt,
    language: 'zh',
  };
}
