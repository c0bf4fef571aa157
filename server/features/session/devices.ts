import type { Core } from './core.ts';
import { roomChannel } from './presence.ts';

/**
 * Of a person's devices in the room the newest stays; one that has proven who it is before any that only claimed the name, so
 * that nobody can have the owner signed out by claiming it last.
 */
export async function keepOneDevice(core: Core, sessionId: string, personId: string): Promise<void> {
  const devices = await core.identity.devices(personId);
  const proven = new Set(devices.filter((device) => device.proven).map((device) => device.tokenId));
  const here = core.hub
    .members(roomChannel(sessionId))
    .filter((member) => member.personId === personId)
    .sort((a, b) => Number(proven.has(b.tokenId)) - Number(proven.has(a.tokenId)) || b.since - a.since);
  if (here[0]) await core.identity.dropDevices(personId, here[0].tokenId);
}
