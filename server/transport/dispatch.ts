import { performance } from 'node:perf_hooks';
import { type ProcedureName, procedures } from '../../shared/contract/index.ts';
import { AppError, type Failure } from '../../shared/errors.ts';
import type { Procedure } from '../../shared/procedure.ts';
import type { Context, FileAnswer, Handlers } from '../platform/handler.ts';
import type { FloodGate } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { createReader, type Reader } from './input.ts';

/** What happened, for the audit: ids only, never the words. */
export interface AuditEvent {
  personId: string;
  personName: string;
  procedure: string;
  subject: string;
  outcome: string;
}

export interface DispatchParts {
  handlers: Handlers;
  gate: FloodGate;
  log: Log;
  metrics: Metrics;
  audit(event: AuditEvent): void;
}

/** A call as a carrier hands it over. `strings` come from path and query, `body` from JSON or a socket. */
export interface Call {
  context: Context;
  raw(reader: Reader): unknown;
  file?: Uint8Array;
  /** Set by dispatch: the parsed input. */
  input?: unknown;
}

export interface Dispatch {
  /** Runs one procedure; throws AppError only. A download answers with its file. */
  run(name: ProcedureName, call: Call): Promise<unknown>;
  /** The failure of anything thrown; what nobody planned is logged and becomes INTERNAL. */
  failure(error: unknown, where: string): Failure;
}

type AnyHandler = (context: Context, input: unknown, file?: Uint8Array) => Promise<unknown>;

function findHandler(handlers: Handlers, name: ProcedureName): AnyHandler {
  const [slice, verb] = name.split('.') as [keyof Handlers, string];
  return (handlers[slice] as unknown as Record<string, AnyHandler>)[verb]!;
}

/** The first ids of the input: enough to find what was touched. */
function subjectOf(input: unknown): string {
  const ids = Object.entries(input as Record<string, unknown>).filter(
    ([key, v]) => key.endsWith('Id') && typeof v === 'string',
  );
  return ids
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(' ')
    .slice(0, 400);
}

/** The log of a room is its own audit; every other command that changes something writes a record. */
const audited = (procedure: Procedure) => procedure.kind !== 'query' && !procedure.live;

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

  async function perform(name: ProcedureName, procedure: Procedure, call: Call): Promise<unknown> {
    await parts.gate.pass(call.context.device, call.context.ip);
    if (!procedure.open && call.context.actor.kind === 'anonymous')
      throw new AppError('UNAUTHENTICATED', 'sign.in');
    const reader = readers.get(name)!;
    call.input = reader.parse(call.raw(reader));
    return findHandler(parts.handlers, name)(call.context, call.input, call.file);
  }

  return {
    failure,
    async run(name, call) {
      const procedure = procedures.get(name)!;
      const started = performance.now();
      let outcome = 'ok';
      try {
        return await perform(name, procedure, call);
      } catch (error) {
        const failed = failure(error, name);
        outcome = failed.code;
        throw toldOf(error, failed);
      } finally {
        const seconds = (performance.now() - started) / 1000;
        const { actor } = call.context;
        const who = actor.kind === 'person' ? actor.personId : '';
        parts.metrics.procedure(name, outcome, seconds);
        parts.log.info({ procedure: name, outcome, ms: Math.round(seconds * 1000), person: who }, 'call');
        // What was turned away at the gate or for too many tries, and what nobody has asked for in a form that can be read,
        // leaves no record: a flood would fill the disk.
        const turnedAway = outcome === 'RATE_LIMITED' || (who === '' && call.input === undefined);
        if (audited(procedure) && !turnedAway) {
          const personName = actor.kind === 'person' ? actor.name : '';
          parts.audit({
            personId: who,
            personName,
            procedure: name,
            subject: subjectOf(call.input ?? {}),
            outcome,
          });
        }
      }
    },
  };
}

export function isFile(value: unknown): value is FileAnswer {
  return typeof value === 'object' && value !== null && typeof (value as FileAnswer).make === 'function';
}
