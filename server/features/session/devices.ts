import type { DeviceView } from '../../../shared/contract/session.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../../platform/handler.ts';
import { digest } from '../../platform/secrets.ts';
import type { Core } from './core.ts';
import { roomChannel } from './presence.ts';

/** Names a device to the moderators of one session; nothing can be done with it elsewhere. */
export const deviceIdOf = (sessionId: string, tokenId: string) =>
  digest(JSON.stringify([sessionId, tokenId])).slice(0, 24);

/**
 * What is kept of the device that writes: it recalls its own words. The browser's own id goes before the token, which changes when the
 * browser has been somebody else meanwhile; of one session only, so that nothing links a person's words of two.
 */
export const writerMark = (sessionId: string, { device, tokenId }: Context): string =>
  digest(JSON.stringify(['wrote', sessionId, device || tokenId]));

/** Only of who has been in this room: of others a moderator learns nothing. */
async function devicesHere(core: Core, sessionId: string, personId: string) {
  const came = await core.logs
    .of(sessionId)
    .read(({ state }) => state.people[personId]?.joinedAt !== undefined);
  return came ? core.identity.devices(personId) : [];
}

const connected = (core: Core, sessionId: string, personId: string): Set<string> =>
  new Set(
    core.hub
      .members(roomChannel(sessionId))
      .filter((member) => member.personId === personId)
      .map((member) => member.tokenId),
  );

export async function listDevices(
  core: Core,
  context: Context,
  sessionId: string,
  personId: string,
): Promise<DeviceView[]> {
  const here = connected(core, sessionId, personId);
  return (await devicesHere(core, sessionId, personId)).map(({ tokenId, createdAt, proven }) => ({
    deviceId: deviceIdOf(sessionId, tokenId),
    since: createdAt,
    proven,
    here: here.has(tokenId),
    mine: tokenId === context.tokenId,
  }));
}

/** Signs one device out. NOT_FOUND `device.gone`; CONFLICT `device.proven`: it is the person, whoever else claims to be. */
export async function dropDevice(
  core: Core,
  sessionId: string,
  personId: string,
  deviceId: string,
): Promise<void> {
  const all = await devicesHere(core, sessionId, personId);
  const device = all.find(({ tokenId }) => deviceIdOf(sessionId, tokenId) === deviceId);
  if (!device) throw new AppError('NOT_FOUND', 'device.gone');
  if (device.proven) throw new AppError('CONFLICT', 'device.proven');
  await core.identity.endDevices(personId, [device.tokenId]);
}

/**
 * Of a person's devices in the room one stays: one that has proven who it is before any that only claimed the name, else the one
 * that has been this person for longest. Who claims a name last cannot have its owner signed out.
 */
export async function keepOneDevice(core: Core, sessionId: string, personId: string): Promise<void> {
  const here = connected(core, sessionId, personId);
  const devices = (await core.identity.devices(personId)).filter(({ tokenId }) => here.has(tokenId));
  const kept = devices.find(({ proven }) => proven) ?? devices[0];
  if (kept) await core.identity.dropDevices(personId, kept.tokenId);
}
