import type { Unit } from '../../../shared/contract/campaigns.ts';
import type { GrantView } from '../../../shared/contract/identity.ts';

export interface Step {
  name: 'people' | 'moderator' | 'session';
  done: boolean;
}

/** 单位和人员 → 主持人 → 座谈会: what a new campaign needs before anybody can meet. */
export function firstSteps(facts: {
  units: readonly Pick<Unit, 'people'>[];
  grants: readonly Pick<GrantView, 'role'>[];
  sessions: boolean;
}): Step[] {
  return [
    { name: 'people', done: facts.units.some((unit) => unit.people > 0) },
    { name: 'moderator', done: facts.grants.some((grant) => grant.role === 'moderator') },
    { name: 'session', done: facts.sessions },
  ];
}

/** The step to do now; undefined when nothing is left. */
export const nextStep = (steps: readonly Step[]): Step | undefined => steps.find((step) => !step.done);
