import type { FrozenRow, ItemState, Message, Resolution } from '../../../shared/log.ts';
import { type Composed, heading, item, nameOf, seqsOf, type Source, text } from './composed.ts';
import { longDay, plain, quoted, sentence } from './wording.ts';

interface Taken {
  message: Message;
  row: FrozenRow;
}

/** The problems of this meeting that stand in the list: what was hidden, recalled or withdrawn since is not printed. */
export function takenUp({ state, ended }: Source): Taken[] {
  const rows = new Map((ended?.rows ?? []).map((row) => [row.rowId, row]));
  const once = new Map(state.problems.map((each) => [each.rowId, each]));
  return [...once.values()].flatMap(({ messageId, rowId }) => {
    const [message, row] = [state.messages[messageId], rows.get(rowId)];
    if (!message || message.recalled || message.hidden) return [];
    return row && !row.withdrawn && row.problem.trim() !== '' ? [{ message, row }] : [];
  });
}

export function problems(source: Source, taken: readonly Taken[]): Composed[] {
  if (taken.length === 0) return [];
  const { state, entries } = source;
  const seqs = (which: (messageId: string) => boolean) =>
    seqsOf(entries, 'problem-accepted', (entry) => which(entry.messageId));
  const ids = new Set(taken.map(({ message }) => message.id));
  const unit = state.schedule?.hostUnit.name ?? '';
  const lead = `会议梳理出问题${taken.length}条，列入${unit}问题清单：`;
  return [
    heading(
      'problems',
      '查摆的问题',
      seqs((id) => ids.has(id)),
    ),
    text(
      'problems.lead',
      lead,
      seqs((id) => ids.has(id)),
    ),
    ...taken.map(({ message, row }) => {
      const cause = row.cause.trim() === '' ? '' : `原因：${sentence(plain(row.cause, 'cause'))}`;
      const said = `${sentence(plain(row.problem, 'problem'))}${cause}（${nameOf(state, message.by)}提出）`;
      return item(`problem.${row.rowId}`, said, [message.seq, ...seqs((id) => id === message.id)]);
    }),
  ];
}

/** Only what was recorded as a decision is ever printed as one. */
export function resolutions(
  { state }: Source,
  kind: Resolution['kind'],
  title: string,
  who: string,
): Composed[] {
  const own = state.resolutions.filter((each) => each.kind === kind && !each.struck);
  if (own.length === 0) return [];
  const line = (each: Resolution) =>
    `${sentence(plain(each.text, each.kind))}${who}：${each.who}；完成时限：${longDay(each.due)}。`;
  return [
    heading(
      `${kind}s`,
      title,
      own.map((each) => each.seq),
    ),
    ...own.map((each) => item(`${kind}.${each.id}`, line(each), [each.seq])),
  ];
}

/** What is left for another time, as it was said at the last end. */
export function unfinished({ state, ended }: Source): Composed[] {
  if (!ended) return [];
  const open = state.items.filter((each) => each.status !== 'done');
  const carried = open.filter((each) => ended.carryOver.includes(each.id));
  const missed = open.filter((each) => !ended.carryOver.includes(each.id) && each.openedSeq === undefined);
  const titles = (list: ItemState[]) => list.map((each) => quoted(each.title)).join('');
  const said = [
    ...(carried.length > 0 ? [`${titles(carried)}未完成，结转下次会议。`] : []),
    ...(missed.length > 0 ? [`${titles(missed)}本次未进行。`] : []),
  ];
  if (said.length === 0) return [];
  return [
    heading('unfinished', '未完议程', [ended.seq]),
    text('unfinished.text', said.join(''), [ended.seq]),
  ];
}
