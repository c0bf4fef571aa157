import type { Actor } from '../../../shared/actor.ts';
import type { Log } from '../../platform/log.ts';

export type RightsListener = (personId: string) => void;

interface Known {
  actor: Actor & { kind: 'person' };
  expiresAt: string;
}

const MOST_KNOWN = 10_000;

/**
 * Who each device is, remembered until something about that person changes. `changed` forgets first and tells the
 * listeners afterwards, so that whoever asks again because of it gets the new rights.
 */
export function createRights(log: Log) {
  const known = new Map<string, Known>();
  const devicesOf = new Map<string, Set<string>>();
  const listeners = new Set<RightsListener>();
  let changes = 0;

  function forget(tokenId: string): void {
    const entry = known.get(tokenId);
    if (!entry) return;
    known.delete(tokenId);
    const devices = devicesOf.get(entry.actor.personId);
    devices?.delete(tokenId);
    if (devices?.size === 0) devicesOf.delete(entry.actor.personId);
  }

  function tell(listener: RightsListener, personId: string): void {
    try {
      listener(personId);
    } catch (error) {
      log.error({ err: error, person: personId }, 'a listener to changed rights failed');
    }
  }

  return {
    get: (tokenId: string) => known.get(tokenId),
    forget,
    /** Reads through `load`; what was read while something changed is given back but not remembered. */
    async remember(tokenId: string, load: () => Promise<Known | undefined>): Promise<Known | undefined> {
      const before = changes;
      const entry = await load();
      if (!entry || before !== changes) return entry;
      known.set(tokenId, entry);
      const { personId } = entry.actor;
      devicesOf.set(personId, (devicesOf.get(personId) ?? new Set()).add(tokenId));
      if (known.size > MOST_KNOWN) forget(known.keys().next().value!);
      return entry;
    },
    changed(personId: string): void {
      changes++;
      for (const tokenId of devicesOf.get(personId) ?? []) forget(tokenId);
      for (const listener of listeners) tell(listener, personId);
    },
    onChanged(listener: RightsListener): void {
      listeners.add(listener);
    },
  };
}
export type Rights = ReturnType<typeof createRights>;
