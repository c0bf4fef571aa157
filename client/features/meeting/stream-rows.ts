import type { Message, Resolution, SessionState } from '../../../shared/log.ts';

/** A line of the talk. `seq` orders them; keys are stable. */
export type StreamRow =
  | { type: 'message'; key: string; seq: number; at: string; message: Message }
  | { type: 'item'; key: string; seq: number; at: string; no: number; title: string }
  | { type: 'record'; key: string; seq: number; at: string; record: Resolution }
  | { type: 'day'; key: string; seq: number; at: string };

const dayOf = (at: string): number => Math.floor((Date.parse(at) + 8 * 3_600_000) / 86_400_000);

function marks(state: SessionState, from: number): StreamRow[] {
  const items = state.items.flatMap((item, i): StreamRow[] => {
    const { openedSeq: seq, openedAt: at } = item;
    if (seq === undefined || at === undefined || seq < from) return [];
    return [{ type: 'item', key: item.id, seq, at, no: i + 1, title: item.title }];
  });
  const records = state.resolutions
    .filter((record) => record.seq >= from)
    .map((record): StreamRow => ({ type: 'record', key: record.id, seq: record.seq, at: '', record }));
  return [...items, ...records];
}

/** The talk from seq `from` on: messages, openings of agenda items, decisions and actions, and a mark where a day begins. */
export function streamRows(state: SessionState, from: number): StreamRow[] {
  const rows = marks(state, from);
  for (const id of state.order) {
    const message = state.messages[id]!;
    if (message.seq >= from)
      rows.push({ type: 'message', key: id, seq: message.seq, at: message.at, message });
  }
  rows.sort((a, b) => a.seq - b.seq);
  const first = state.startedAt ?? rows[0]?.at;
  let day = first === undefined || first === '' ? undefined : dayOf(first);
  return rows.flatMap((row) => {
    if (row.at === '' || dayOf(row.at) === day) return [row];
    day = dayOf(row.at);
    return [{ type: 'day' as const, key: `day-${day}`, seq: row.seq, at: row.at }, row];
  });
}
