import { AppError } from '../../shared/errors.ts';
import { type Action, can, type Subject } from '../../shared/policy.ts';
import type { Context } from './handler.ts';

/** Throws UNAUTHENTICATED `sign.in` for nobody and FORBIDDEN `not.allowed` for who may not do this there. */
export function permit({ actor }: Pick<Context, 'actor'>, action: Action, subject: Subject = {}): void {
  if (actor.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'sign.in');
  if (!can(actor, action, subject)) throw new AppError('FORBIDDEN', 'not.allowed');
}
