import { dayOf } from '../../../shared/days.ts';
import { sessions } from './collections.ts';
import type { Core } from './core.ts';
import { countRows } from './row-count.ts';

/** Makes the rows that the log says were taken up; doing it again changes nothing, so it also mends what a crash left. */
export async function ensureRows(
  core: Core,
  sessionId: string,
  which: (messageId: string) => boolean = () => true,
): Promise<void> {
  const record = await core.records.get(sessions, sessionId);
  if (!record) return;
  const due = await core.logs
    .of(sessionId)
    .read(({ state }) =>
      state.problems
        .filter((each) => which(each.messageId))
        .map((each) => ({ ...each, message: state.messages[each.messageId], people: state.people })),
    );
  for (const { rowId, messageId, message, people } of due) {
    if (!message) continue;
    await core.board.ensureRow(record.boardId, {
      rowId,
      messageId,
      sessionId,
      topic: record.roomId,
      problem: message.body,
      source: 'symposium',
      proposer: people[message.by]?.name ?? '',
      proposedOn: dayOf(message.at),
    });
  }
  await countRows(core, sessionId);
}
