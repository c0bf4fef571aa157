import type { Actor } from '../../../shared/actor.ts';
import type { Log } from '../../platform/log.ts';

/**
 * What has become of somebody's rights.
 * `ended`: one device is signed out; nobody else's. `taken`: the person may do less, in one session or (`sessionId` '') anywhere.
 * `given`: they may do more. `moved`: the same rights, about another board or unit. A new name is none of these.
 */
export type RightsChange =
  | { kind: 'ended'; personId: string; tokenId: string }
  | { kind: 'taken' | 'given'; personId: string; sessionId: string }
  | { kind: 'moved'; personId: string };
export type RightsListener = (change: RightsChange) => void;

interface Known {
  actor: Actor & { kind: 'person' };
  expiresAt: string;
}

const MOST_KNOWN = 10_000;

/**
 * Who each device is, remembered until something about that person changes. `changed` forgets first and tells the
 * listeners afterwards, so that whoever asks again because of it gets the new rights. Only what was taken away is told as taken:
 * the listeners cut lines for it.
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

  function forgetPerson(personId: string): void {
    changes++;
    for (const tokenId of devicesOf.get(personId) ?? []) forget(tokenId);
  }

  function tell(listener: RightsListener, change: RightsChange): void {
    try {
      listener(change);
    } catch (error) {
      log.error({ err: error, person: change.personId }, 'a listener to changed rights failed');
    }
  }

  return {
    get: (tokenId: string) => known.get(tokenId),
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
    /** The person is called otherwise, or their unit is: known anew at the next call, and no line is cut. */
    renamed: forgetPerson,
    changed(change: RightsChange): void {
      if (change.kind === 'ended') {
        changes++;
        forget(change.tokenId);
      } else forgetPerson(change.personId);
      for (const listener of listeners) tell(listener, change);
    },
    onChanged(listener: RightsListener): void {
      listeners.add(listener);
    },
  };
}
export type Rights = ReturnType<typeof createRights>;
