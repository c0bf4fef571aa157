import { performance } from 'node:perf_hooks';
import { type ProcedureName, procedures } from '../../shared/contract/index.ts';
import { AppError, type Failure } from '../../shared/errors.ts';
import type { AuditTrail } from '../platform/audit-trail.ts';
import type { Context, Handlers } from '../platform/handler.ts';
import type { FloodGate } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { AuditedCall, isFile, lineOf } from './audited.ts';
import { createReader, type Reader } from './input.ts';

export { isFile } from './audited.ts';

export interface DispatchParts {
  handlers: Handlers;
  gate: FloodGate;
  log: Log;
  metrics: Metrics;
  audit: AuditTrail;
}

/** A call as a carrier hands it over. `strings` come from path and query, `body` from JSON or a socket. */
export interface Call {
  context: Context;
  /** The input as it came; a promise where a body is yet to be read. */
  raw(reader: Reader): unknown;
  file?: Uint8Array;
  /** A ticket is being used: it was audited when it was minted. */
  again?: true;
  /** Set by dispatch: the parsed input. */
  input?: unknown;
}

export interface Dispatch {
  /** Runs one procedure; throws AppError only. A download answers with its file. */
  run(name: ProcedureName, call: Call): Promise<unknown>;
  /** The failure of anything thrown; what nobody planned is logged and becomes INTERNAL. */
  failure(error: unknown, where: string): Failure;
}

const NO_ROW: ReadonlySet<string> = new Set(['audit.away', 'work.busy']);

type AnyHandler = (context: Context, input: unknown, file?: Uint8Array) => Promise<unknown>;

function findHandler(handlers: Handlers, name: ProcedureName): AnyHandler {
  const [slice, verb] = name.split('.') as [keyof Handlers, string];
  return (handlers[slice] as unknown as Record<string, AnyHandler>)[verb]!;
}

/** The one place that parses, identifies, limits, times, logs, audits and turns a throw into a Failure. */
export function createDispatch(parts: DispatchParts): Dispatch {
  const readers = new Map([...procedures].map(([name, procedure]) => [name, createReader(procedure)]));

  // What a procedure has thrown is logged once, though its carrier asks for the failure again.
  const told = new WeakSet<Error>();

  function failure(error: unknown, where: string): Failure {
    if (error instanceof AppError) {
      if (error.code === 'INTERNAL' && !told.has(error))
        parts.log.error({ err: error, where }, 'internal failure');
      return error.failure;
    }
    parts.log.error({ err: error, where }, 'unexpected error');
    return { code: 'INTERNAL', reason: 'server.fault' };
  }

  function toldOf(error: unknown, { code, reason }: Failure): AppError {
    const known = error instanceof AppError ? error : new AppError(code, reason);
    told.add(known);
    return known;
  }

  async function perform(name: ProcedureName, call: Call, context: Context): Promise<unknown> {
    const procedure = procedures.get(name)!;
    await parts.gate.pass(call.context.device, call.context.ip);
    if (!procedure.open && call.context.actor.kind === 'anonymous')
      throw new AppError('UNAUTHENTICATED', 'sign.in');
    const reader = readers.get(name)!;
    call.input = reader.parse(await call.raw(reader));
    const answer = await findHandler(parts.handlers, name)(context, call.input, call.file);
    if (isFile(answer) && !call.again) answer.ready?.();
    return answer;
  }

  /** The answer and its cookies go out when the row is stored. A command done may be sent again: it has the effect of once. */
  async function conclude(audited: AuditedCall, input: unknown, answer: unknown): Promise<void> {
    try {
      await parts.audit.record(audited.event(input, answer));
    } catch (error) {
      parts.log.error({ err: error }, 'done, but its audit row could not be stored');
      throw new AppError('UNAVAILABLE', 'audit.away');
    }
    audited.conclude();
  }

  /**
   * What was turned away at the gate or for too many tries, and what nobody has asked for in a form that can be read, leaves no
   * record: a flood would fill the disk. Nor does a file that is asked for again in a moment.
   */
  async function noteFailure(audited: AuditedCall, call: Call, failed: Failure): Promise<void> {
    const nobody = call.context.actor.kind === 'anonymous' && call.input === undefined;
    if (failed.code === 'RATE_LIMITED' || NO_ROW.has(failed.reason) || nobody) return;
    const event = audited.event(call.input, undefined, failed);
    await parts.audit
      .record(event)
      .catch((error: unknown) => parts.log.error({ err: error }, 'a failure could not be audited'));
  }

  function measure(
    name: ProcedureName,
    { context: { actor } }: Call,
    outcome: string,
    seconds: number,
  ): void {
    parts.metrics.procedure(name, outcome, seconds);
    const person = actor.kind === 'person' ? actor.personId : '';
    parts.log.info({ procedure: name, outcome, ms: Math.round(seconds * 1000), person }, 'call');
  }

  return {
    failure,
    async run(name, call) {
      const started = performance.now();
      let outcome = 'ok';
      const line = lineOf(procedures.get(name)!);
      const audited = line && !call.again ? new AuditedCall(name, line, call.context) : undefined;
      try {
        const answer = await perform(name, call, audited?.context ?? call.context);
        if (audited) await conclude(audited, call.input, answer);
        return answer;
      } catch (error) {
        const failed = failure(error, name);
        outcome = failed.code;
        if (audited) await noteFailure(audited, call, failed);
        throw toldOf(error, failed);
      } finally {
        measure(name, call, outcome, (performance.now() - started) / 1000);
      }
    },
  };
}
