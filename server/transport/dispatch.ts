import { performance } from 'node:perf_hooks';
import { type ProcedureName, procedures } from '../../shared/contract/index.ts';
import { AppError, type ErrorCode, type Failure } from '../../shared/errors.ts';
import type { AuditTrail } from '../platform/audit-trail.ts';
import type { Context, Handlers } from '../platform/handler.ts';
import type { FloodGate } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { createSampler } from '../platform/sampler.ts';
import { askedBy, AuditedCall, isFile, lineOf } from './audited.ts';
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

/** Its row is on its way already; or the file is asked for again in a moment. */
const NO_ROW: ReadonlySet<string> = new Set(['audit.away', 'work.busy']);

type AnyHandler = (context: Context, input: unknown, file?: Uint8Array) => Promise<unknown>;

function findHandler(handlers: Handlers, name: ProcedureName): AnyHandler {
  const [slice, verb] = name.split('.') as [keyof Handlers, string];
  return (handlers[slice] as unknown as Record<string, AnyHandler>)[verb]!;
}

/** Outcomes that are noted of every procedure: somebody has tried what is not theirs, or too often. */
const ATTEMPTS: ReadonlySet<ErrorCode> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'TOO_LARGE',
  'RATE_LIMITED',
]);

/** The one place that parses, identifies, limits, times, logs, audits and turns a throw into a Failure. */
export function createDispatch(parts: DispatchParts): Dispatch {
  const readers = new Map([...procedures].map(([name, procedure]) => [name, createReader(procedure)]));

  // What a procedure has thrown is logged once, though its carrier asks for the failure again.
  const told = new WeakSet<Error>();

  const sample = createSampler();

  function tell(error: unknown, where: string, what: string): void {
    const left = sample(`${where} ${what}`);
    if (left !== undefined) parts.log.error({ err: error, where, ...(left > 0 ? { left } : {}) }, what);
  }

  function failure(error: unknown, where: string): Failure {
    if (error instanceof AppError) {
      if (error.code === 'INTERNAL' && !told.has(error)) tell(error, where, 'internal failure');
      return error.failure;
    }
    tell(error, where, 'unexpected error');
    return { code: 'INTERNAL', reason: 'server.fault' };
  }

  function toldOf(error: unknown, { code, reason }: Failure): AppError {
    const known = error instanceof AppError ? error : new AppError(code, reason);
    told.add(known);
    return known;
  }

  async function perform(name: ProcedureName, call: Call, context: Context): Promise<unknown> {
    const procedure = procedures.get(name)!;
    await parts.gate.pass(call.context);
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
      tell(error, audited.procedure, 'done, but its audit row could not be stored');
      throw new AppError('UNAVAILABLE', 'audit.away');
    }
    audited.conclude();
  }

  /** Whatever an audited command failed with, and of everything else what an attack looks like; a flood does not wait for its row. */
  async function noteFailure(
    name: ProcedureName,
    call: Call,
    audited: AuditedCall | undefined,
    failed: Failure,
  ): Promise<void> {
    if (NO_ROW.has(failed.reason) || !(audited || ATTEMPTS.has(failed.code))) return;
    const event = audited
      ? audited.event(call.input, undefined, failed)
      : { ...askedBy(call.context, name), outcome: failed.code, reason: failed.reason };
    const noted = parts.audit.refused(event);
    if (failed.code !== 'RATE_LIMITED') await noted;
  }

  function measure(
    name: ProcedureName,
    { context: { actor } }: Call,
    outcome: string,
    seconds: number,
  ): void {
    parts.metrics.procedure(name, outcome, seconds);
    const left = outcome === 'ok' ? 0 : sample(`${name} ${outcome}`);
    if (left === undefined) return;
    const person = actor.kind === 'person' ? actor.personId : '';
    const alike = left > 0 ? { left } : {};
    parts.log.info({ procedure: name, outcome, ms: Math.round(seconds * 1000), person, ...alike }, 'call');
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
        await noteFailure(name, call, audited, failed);
        throw toldOf(error, failed);
      } finally {
        measure(name, call, outcome, (performance.now() - started) / 1000);
      }
    },
  };
}
