import type { Entry, EntryOf, FrozenRow } from '../../../shared/log.ts';
import { isDamaged, isError } from '../../../shared/errors.ts';
import type { MeetingRows } from '../../../shared/contract/session.ts';
import { modify } from '../../storage/modify.ts';
import { runs } from './cards.ts';
import { sessions } from './collections.ts';
import type { Core } from './core.ts';
import { repeatLog } from './repeat.ts';
import { proposerOf, rowsOfMeeting, standingIn, takenLater } from './meeting-rows.ts';

/** Written into at every stroke of somebody's pen, a list is counted this often at most. */
const SETTLE_MS = 500;

/** The list as it stands; undefined when it is damaged, since the meeting goes on without it. */
async function listOf(core: Core, boardId: string): Promise<FrozenRow[] | undefined> {
  try {
    return await core.board.freeze(boardId);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    return undefined;
  }
}

/** What stands in the list when a meeting begins; undefined for a list that cannot be read. */
export async function standingNow(core: Core, boardId: string): Promise<string[] | undefined> {
  const rows = await listOf(core, boardId);
  return rows && standingIn(rows);
}

/** The problems of a session: of one that runs by the list as it is now, of one that is over by what was frozen at its end. */
export async function meetingRows(core: Core, sessionId: string): Promise<MeetingRows> {
  const record = await core.records.get(sessions, sessionId);
  if (!record) return [];
  const room = core.logs.of(sessionId);
  const frozen = await room.read(({ state, entries }) =>
    state.phase === 'ended'
      ? entries.findLast((entry): entry is EntryOf<'ended'> => entry.kind === 'ended')?.rows
      : undefined,
  );
  const rows = frozen ?? (await listOf(core, record.boardId)) ?? [];
  return room.read(({ state, entries }) =>
    (state.phase === 'draft' ? [] : rowsOfMeeting(state, rows, frozen && takenLater(entries))).map(
      (each) => ({
        rowId: each.row.rowId,
        problem: each.row.problem,
        cause: each.row.cause,
        proposer: proposerOf(each, state.people),
      }),
    ),
  );
}

const exists = async (core: Core, sessionId: string): Promise<boolean> =>
  (await core.records.get(sessions, sessionId)) !== undefined;

/** Brings the number on the session's record, which all cards show, in line. May be run again. */
export async function countRows(core: Core, sessionId: string): Promise<void> {
  const problems = (await meetingRows(core, sessionId)).length;
  if (!(await exists(core, sessionId))) return;
  await modify(core.records, sessions, sessionId, (each) =>
    each.problems === problems ? undefined : { ...each, problems },
  );
}

/** After these a session may have other rows. */
const TELLING: readonly string[] = [
  'started',
  'resumed',
  'ended',
  'problem-accepted',
  'recalled',
  'hidden',
  'shown',
];

/** Counts again what may have another number now, a moment after the change. */
export interface RowCount {
  /** Counts no more; resolves when nothing is under way. What was not counted is when the room is next opened. */
  stop(): Promise<void>;
}

/** A store that is away now is asked again with the next change, or when the room is next opened. */
function unlessAway(error: unknown): void {
  if (!isError(error, 'UNAVAILABLE')) throw error;
}

/** A room whose log is damaged has no number; all others have theirs. */
function unlessDamaged(error: unknown): void {
  if (!isDamaged(error)) throw error;
}

export function createRowCount(core: Core): RowCount {
  const boards = new Set<string>();
  const rooms = new Set<string>();
  const attended = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let counting = Promise.resolve();

  async function runningOn(boardId: string): Promise<string[]> {
    const campaignId = await core.board.campaignOf(boardId);
    const cards = campaignId === '' ? [] : await core.cards.of(campaignId);
    return cards.filter((card) => card.boardId === boardId && runs(card)).map((card) => card.sessionId);
  }

  async function count(): Promise<void> {
    const [lists, asked, corrected] = [[...boards], [...rooms], [...attended]];
    for (const each of [boards, rooms, attended]) each.clear();
    const found = await Promise.all(lists.map(runningOn));
    for (const sessionId of new Set([...asked, ...found.flat()]))
      await countRows(core, sessionId).catch(unlessDamaged);
    // Who was there may be put right after the end.
    for (const sessionId of corrected) if (await exists(core, sessionId)) await repeatLog(core, sessionId);
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      // One after the other: what was read earlier must not be written later.
      const next = counting.then(count).catch(unlessAway);
      counting = next.catch(() => undefined);
      core.tasks.run('rows', () => next);
    }, SETTLE_MS).unref();
  }

  core.board.watchLists((boardId) => {
    boards.add(boardId);
    soon();
  });
  core.heard.push((sessionId, placed, { phase }) => {
    const has = (which: (kind: Entry['kind']) => boolean) => placed.some(({ kind }) => which(kind));
    const late = phase === 'ended' && has((kind) => kind === 'attended');
    if (!late && !has((kind) => TELLING.includes(kind))) return;
    rooms.add(sessionId);
    if (late) attended.add(sessionId);
    soon();
  });
  return {
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await counting;
    },
  };
}
