import { isError } from '../../../shared/errors.ts';
import type { WalkInView } from '../../../shared/contract/session.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { SessionState } from '../../../shared/log.ts';
import type { Context } from '../../platform/handler.ts';
import { deviceMark } from '../identity/known-devices.ts';
import { type SessionRecord, type WalkInRecord, walkIns } from './collections.ts';
import { type Core, enterPlace } from './core.ts';
import * as rules from './rules.ts';

const idOf = (sessionId: string, personId: string) => `${sessionId}.${personId}`;

/** Writes down that somebody of no roster has come in by the code, and from which browser first. */
export async function noteWalkIn(
  core: Core,
  context: Context,
  record: SessionRecord,
  person: { id: string; name: string; unitName: string },
): Promise<void> {
  const [sessionId, personId] = [record.id, person.id];
  const id = idOf(sessionId, personId);
  if (await core.records.get(walkIns, id)) return;
  const { name, unitName } = person;
  const at = new Date(core.now()).toISOString();
  const draft = { id, sessionId, personId, name, unitName, device: deviceMark(context.device), at };
  await core.records.insert(walkIns, draft).catch((error: unknown) => {
    if (!isError(error, 'CONFLICT')) throw error;
  });
}

function viewOf(state: SessionState, devices: Map<string, number>, each: WalkInRecord): WalkInView {
  const { personId, name, unitName, at: since, device } = each;
  if (device !== '' && !devices.has(device)) devices.set(device, devices.size + 1);
  const person = state.people[personId];
  const inside = person?.joinedAt !== undefined && person.leftAt === undefined;
  return { personId, name, unitName, since, device: devices.get(device) ?? 0, inside };
}

/** Newest first; who has been sent out already is left out. */
export async function listWalkIns(core: Core, sessionId: string): Promise<WalkInView[]> {
  const found = await core.records.list(walkIns, 'bySession', { sessionId });
  const devices = new Map<string, number>();
  found.sort((a, b) => (a.at < b.at ? -1 : 1));
  return core.logs.of(sessionId).read(({ state }) =>
    found
      .filter(({ personId }) => state.people[personId]?.removed !== true)
      .map((each) => viewOf(state, devices, each))
      .reverse(),
  );
}

/** With a session its list of them goes. May be run again. */
export async function forgetWalkIns(core: Core, sessionId: string): Promise<void> {
  for (const { id } of await core.records.list(walkIns, 'bySession', { sessionId }))
    await core.records.remove(walkIns, id);
}

/**
 * One entry for each who is in the room, in one batch; then rights and devices end, and what notes them as walk-ins goes last, so
 * that a repeat after a crash goes on.
 */
export async function removeWalkIns(core: Core, context: Context, input: InputOf<'session.removeWalkIns'>) {
  const { person } = await enterPlace(core, context, input.sessionId, 'session:steer');
  const { sessionId, id } = input;
  const notes = await Promise.all(
    [...new Set(input.personIds)].map((each) => core.records.get(walkIns, idOf(sessionId, each))),
  );
  const chosen = notes.flatMap((note) => note ?? []).map((note) => note.personId);
  const content = { name: 'removeWalkIns', by: person.personId, input };
  const decide = rules.removeAll(chosen, person.personId);
  await core.logs
    .of(sessionId)
    .append({ id, content, decide })
    .catch((error: unknown) => {
      if (!isError(error, 'CONFLICT') || error.failure.reason !== 'person.gone') throw error;
    });
  for (const personId of chosen) {
    await core.identity.revokeSession(personId, sessionId);
    await core.identity.endAllDevices(personId);
    await core.records.remove(walkIns, idOf(sessionId, personId));
  }
  return { removed: chosen.length };
}
