import { useQuery } from '@tanstack/react-query';
import type { Actor, Person } from '../../shared/actor.ts';
import type { Me } from '../../shared/contract/identity.ts';
import type { Failure } from '../../shared/errors.ts';
import { type Action, can, type Subject } from '../../shared/policy.ts';
import { ANONYMOUS } from '../../shared/roles.ts';
import { api } from './api.ts';
import { learnServerTime, onClockDoubt, serverNow, ticks } from './clock.ts';
import { failureOf } from './errors.ts';
import { keptWords } from './kept.ts';
import { learnLinkOrigin } from './origin.ts';
import { keyOf, queries } from './query.ts';

const KEY = keyOf('identity.me', {});

async function ask(): Promise<Me> {
  const start = ticks();
  const me = await api.identity.me({});
  learnServerTime(me.serverTime, ticks() - start);
  learnLinkOrigin(me.origin);
  keptWords.sweep(serverNow());
  // Nobody: a guest's link may just have ended, and what he was writing is his to copy.
  if (me.actor.kind === 'person') keptWords.leaveTo(me.actor.personId);
  return me;
}

const AGAIN_MS = 5_000;

/** The device slept or its clock was set: only the server knows what time it is. */
async function learnAnew(): Promise<void> {
  const start = ticks();
  try {
    learnServerTime((await api.identity.me({})).serverTime, ticks() - start);
  } catch {
    setTimeout(() => void learnAnew(), AGAIN_MS);
  }
}
onClockDoubt(() => void learnAnew());

/** Who this device is. Undefined until the server has said so. */
export function useMe(): { me: Me | undefined; failure: Failure | undefined; retry: () => void } {
  const query = useQuery({ queryKey: KEY, queryFn: ask, staleTime: 60_000 });
  return {
    me: query.data,
    failure: query.data === undefined && query.error ? failureOf(query.error) : undefined,
    retry: () => void query.refetch(),
  };
}

export function useActor(): Actor {
  return useMe().me?.actor ?? ANONYMOUS;
}

/** The person of this device, if it is anybody yet. */
export function usePerson(): Person | undefined {
  const actor = useActor();
  return actor.kind === 'person' ? actor : undefined;
}

/** Whether a button is worth showing: the very question that the server will ask. */
export function useCan(action: Action, subject: Subject = {}): boolean {
  return can(useActor(), action, subject);
}

/** After signing in or using a link: what the last person saw is forgotten, then this person's pages load. */
export function becomePerson(me: Me): void {
  keptWords.leaveTo(me.actor.kind === 'person' ? me.actor.personId : '');
  queries.clear();
  queries.setQueryData(KEY, me);
}

/** After joining through the door: asks anew who this device is. */
export async function refreshMe(): Promise<void> {
  await queries.invalidateQueries({ queryKey: KEY });
}
