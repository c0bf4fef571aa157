import type { AuditLine } from '../../shared/audit.ts';
import type { Procedure } from '../../shared/procedure.ts';
import { type AuditEvent, NO_EVENT } from '../platform/audit-trail.ts';
import type { About, Context, FileAnswer } from '../platform/handler.ts';

type AnyLine = AuditLine<unknown, unknown>;

/** The row that a procedure declares for itself, if it does. */
export const lineOf = ({ audit }: Procedure): AnyLine | undefined =>
  typeof audit === 'object' ? (audit as AnyLine) : undefined;

export function isFile(value: unknown): value is FileAnswer {
  return typeof value === 'object' && value !== null && typeof (value as FileAnswer).make === 'function';
}

/** Who asked, from where, and for what. */
export function askedBy({ actor, ip }: Context, procedure: string): AuditEvent {
  const person = actor.kind === 'person' ? { personId: actor.personId, personName: actor.name } : {};
  return { ...NO_EVENT, procedure, address: ip, ...person };
}

/**
 * One call of an audited procedure: its handler may say more of the object than the input does, and the cookies that it sets wait
 * until the row is stored, like the answer.
 */
export class AuditedCall {
  readonly context: Context;
  readonly #line: AnyLine;
  readonly procedure: string;
  readonly #cookies: (() => void)[] = [];
  #said: About = {};

  constructor(procedure: string, line: AnyLine, context: Context) {
    this.procedure = procedure;
    this.#line = line;
    this.context = {
      ...context,
      about: (more) => {
        this.#said = { ...this.#said, ...more };
      },
      signIn: (token, seconds) => void this.#cookies.push(() => context.signIn(token, seconds)),
      signOut: () => void this.#cookies.push(() => context.signOut()),
    };
  }

  /** `answer` is absent when it failed; then `input` may be what nobody could parse, and is left out. */
  event(input: unknown, answer: unknown, failure?: { code: string; reason: string }): AuditEvent {
    const known = isFile(answer) ? undefined : answer;
    const by = known === undefined ? undefined : this.#line.by?.(known, input);
    const event = {
      ...askedBy(this.context, this.procedure),
      verb: this.#line.verb,
      objectKind: this.#line.kind,
    };
    if (by) Object.assign(event, { personId: by.personId, personName: this.#said.byName ?? by.name ?? '' });
    if (failure) Object.assign(event, { outcome: failure.code, reason: failure.reason });
    if (input === undefined) return event;
    const { id, name, detail } = this.#line.object(input, known);
    const file = isFile(answer) ? answer.name : undefined;
    return {
      ...event,
      objectId: this.#said.id ?? id,
      objectName: this.#said.name ?? name ?? file ?? '',
      detail: this.#said.detail ?? detail ?? '',
    };
  }

  /** Sets the cookies. */
  conclude(): void {
    for (const set of this.#cookies) set();
  }
}
