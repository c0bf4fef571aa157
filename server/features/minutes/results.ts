import type { ItemState, Resolution, SessionState } from '../../../shared/log.ts';
import { type MeetingRow, proposerOf, rowsOfMeeting, takenLater } from '../session/meeting-rows.ts';
import { type Composed, heading, item, seqsOf, type Source, text } from './composed.ts';
import { longDay, plain, quoted, sentence } from './wording.ts';

/** The problems of this meeting as they stood in the list at its end. */
export const found = ({ state, entries, ended }: Source): MeetingRow[] =>
  rowsOfMeeting(state, ended?.rows ?? [], takenLater(entries));

/** 课题申报靠科室催。原因：没有人牵头。（何清提出）; who brought it up is said where it is known. */
function problemLine(state: SessionState, found: MeetingRow): string {
  const { row } = found;
  const who = proposerOf(found, state.people);
  const said = row.problem.trim() === '' ? '' : sentence(plain(row.problem, 'problem'));
  const cause = row.cause.trim() === '' ? '' : `原因：${sentence(plain(row.cause, 'cause'))}`;
  return `${said}${cause}${who === '' ? '' : `（${who}提出）`}`;
}

export function problems(source: Source, rows: readonly MeetingRow[]): Composed[] {
  if (rows.length === 0) return [];
  const { state, entries, ended } = source;
  // What was written into the list leaves no entry of its own: the end, which froze it, is where it comes from.
  const seqs = ({ message }: MeetingRow): number[] =>
    message
      ? [message.seq, ...seqsOf(entries, 'problem-accepted', (entry) => entry.messageId === message.id)]
      : [ended?.seq ?? 0].filter((seq) => seq > 0);
  const unit = state.schedule?.hostUnit.name ?? '';
  const lead = `会议梳理出问题${rows.length}条，列入${unit}问题清单：`;
  const from = rows.flatMap((each) => seqs(each).slice(-1));
  return [
    heading('problems', '查摆的问题', from),
    text('problems.lead', lead, from),
    ...rows.map((each) => item(`problem.${each.row.rowId}`, problemLine(state, each), seqs(each))),
  ];
}

/** 减材料。责任单位：教科研一室；完成时限：2026年4月10日。 */
export const resolutionLine = (each: Resolution, who: string): string =>
  `${sentence(plain(each.text, each.kind))}${[
    `${who}：${each.who}`,
    ...(each.owner ? [`责任人：${each.owner}`] : []),
    ...(each.due ? [`完成时限：${longDay(each.due)}`] : []),
  ].join('；')}。`;

/** Only what was recorded as a decision is ever printed as one. */
export function resolutions(
  { state }: Source,
  kind: Resolution['kind'],
  title: string,
  who: string,
): Composed[] {
  const own = state.resolutions.filter((each) => each.kind === kind && !each.struck);
  if (own.length === 0) return [];
  return [
    heading(
      `${kind}s`,
      title,
      own.map((each) => each.seq),
    ),
    ...own.map((each) => item(`${kind}.${each.id}`, resolutionLine(each, who), [each.seq])),
  ];
}

/** What is left for another time, as it was said at the last end. */
export function unfinished({ state, ended }: Source): Composed[] {
  if (!ended) return [];
  const open = state.items.filter((each) => each.status !== 'done');
  const isCarried = (each: ItemState) => ended.carryOver.includes(each.id);
  const begun = (each: ItemState) => each.openedSeq !== undefined;
  const titles = (which: (each: ItemState) => boolean, what: string) => {
    const list = open.filter(which).map((each) => quoted(each.title));
    return list.length > 0 ? [`${list.join('')}${what}。`] : [];
  };
  const said = [
    ...titles((each) => isCarried(each) && begun(each), '未完成，转入下次会议'),
    ...titles((each) => isCarried(each) && !begun(each), '本次未进行，转入下次会议'),
    ...titles((each) => !isCarried(each) && !begun(each), '本次未进行'),
  ];
  if (said.length === 0) return [];
  return [
    heading('unfinished', '未完议程', [ended.seq]),
    text('unfinished.text', said.join(''), [ended.seq]),
  ];
}
