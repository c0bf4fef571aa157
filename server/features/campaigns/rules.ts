import type { Person } from '../../../shared/actor.ts';
import type { RosterPerson, RosterProblem } from '../../../shared/contract/campaigns.ts';
import { can } from '../../../shared/policy.ts';
import type { KnownPerson } from '../identity/people.ts';
import type { Chosen, Roster, RosterReason } from './roster-problem.ts';

/** The desk of the campaign, and that of any of its sessions, which has to say who is expected. */
export function readsRoster(person: Person, campaignId: string): boolean {
  if (can(person, 'roster:read', { campaignId })) return true;
  return person.grants.some(
    (grant) =>
      grant.scope === 'session' &&
      grant.campaignId === campaignId &&
      can(person, 'roster:read', { campaignId, sessionId: grant.scopeId }),
  );
}

export function personView(person: KnownPerson): RosterPerson {
  const { id, campaignId, unitId, unitName, name, position, level, version } = person;
  return { personId: id, campaignId, unitId, unitName, name, position, level, version };
}

/** Telephone numbers are not kept, so a spoilt one is nobody's problem. */
const NOT_KEPT: ReadonlySet<RosterReason> = new Set(['roster.phone-shortened']);
/** Shown in the preview; whoever imports after that has seen it. */
const ADVICE: ReadonlySet<RosterReason> = new Set(['roster.private-use', 'roster.reserved']);

export function problemsOf(roster: Roster): RosterProblem[] {
  return roster.problems
    .filter((problem) => !NOT_KEPT.has(problem.reason))
    .map(({ value = '', ...problem }) => ({ ...problem, value }));
}

export const prevents = (problem: RosterProblem): boolean => !ADVICE.has(problem.reason as RosterReason);

/** `+rows1,-sheet2` as the reader takes it. */
export const chosenOf = (written: string | undefined): Chosen =>
  new Map((written || undefined)?.split(',').map((one) => [one.slice(1), one.startsWith('+')] as const));
