import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { type ProcedureName, procedures } from '../../shared/contract/index.ts';
import type { Ticket } from '../../shared/contract/answers.ts';
import type { Actor } from '../../shared/actor.ts';
import { AppError, ERROR_STATUS, type Failure } from '../../shared/errors.ts';
import type { Procedure } from '../../shared/procedure.ts';
import { PROTOCOL_VERSION } from '../../shared/version.ts';
import type { Context, FileAnswer } from '../platform/handler.ts';
import { type Call, type Dispatch, isFile } from './dispatch.ts';
import { leaveUnread, readBody } from './body.ts';
import type { HttpGate } from './http-gate.ts';
import { joinInput, queryStrings, tooMany } from './input.ts';
import { isWithin } from './json-shape.ts';
import type { TransportLimits } from './limits.ts';
import type { Payer } from './payers.ts';
import { deviceOf, exchanged, tokenCookie } from './cookies.ts';
import { addressOf, originOf, sameOrigin, type Site } from './request.ts';

/** A minted download: what to run again, as whom. */
export interface TicketContent {
  procedure: string;
  input: string;
  tokenId: string;
  name: string;
}

/** `input` comes from path and query and is not checked yet. */
type UploadRule = (context: Context, input: Readonly<Record<string, unknown>>) => Promise<unknown>;

export interface HttpParts {
  site: Site;
  dispatch: Dispatch;
  gate: HttpGate;
  limits: TransportLimits;
  authenticateById(tokenId: string): Promise<{ actor: Actor; tokenId: string }>;
  /** For each upload: throws when this caller has no right to bring a file there. Asked before the file is read. */
  mayUpload: Readonly<Record<string, UploadRule>>;
  mintTicket(content: TicketContent): Promise<{ secret: string; expiresAt: string }>;
  maxUpload: number;
  /** Hears of what is turned away before there is a call: it comes from another site. */
  onRefused(request: Request, failure: Failure): void;
}

export async function contextOf(parts: HttpParts, request: Request, response: Response): Promise<Context> {
  const { site } = parts;
  const { actor, tokenId } = (await parts.gate.payerOf(request)).who;
  const { device, issued, fresh } = deviceOf(site, request);
  if (fresh !== undefined) response.append('set-cookie', fresh);
  if (actor.kind === 'person')
    for (const line of exchanged(site, request)) response.append('set-cookie', line);
  return {
    actor,
    tokenId,
    device,
    issued,
    ip: addressOf(site, request),
    origin: originOf(site, request),
    signIn: (value, seconds) =>
      void response.append('set-cookie', tokenCookie(site, request, value, seconds)),
    signOut: () => void response.append('set-cookie', tokenCookie(site, request, '', 0)),
  };
}

export function sendFailure(response: Response, failure: Failure): void {
  if (response.headersSent) return;
  const seconds = failure.code === 'RATE_LIMITED' ? failure.facts?.['seconds'] : undefined;
  if (seconds !== undefined) response.setHeader('retry-after', String(seconds));
  response.status(ERROR_STATUS[failure.code]).json({ error: failure });
}

/** A JSON body as an object. INVALID_INPUT `body.form`; `input.many` for more than its schema has room for. */
function readJson(bytes: Buffer, tokens: number): Record<string, unknown> {
  if (bytes.byteLength === 0) return {};
  const text = bytes.toString('utf8');
  if (!isWithin(text, tokens)) throw tooMany();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('INVALID_INPUT', 'body.form');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AppError('INVALID_INPUT', 'body.form');
  return value as Record<string, unknown>;
}

const isJson = (request: Request): boolean =>
  /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');

/** How much this procedure reads of a body: little where anybody may knock. */
function mostOf(parts: HttpParts, name: ProcedureName, { open, kind }: Procedure): number {
  if (kind === 'upload') return parts.maxUpload;
  if (name === 'identity.signIn') return parts.limits.signInBody;
  return open ? parts.limits.openBody : parts.limits.jsonBody;
}

/**
 * The call of a request. Its body is read when dispatch asks for the input: after identity and flood, and a file after the right to
 * bring one too.
 */
function callOf(
  parts: HttpParts,
  name: ProcedureName,
  procedure: Procedure,
  { context, request, payer }: { context: Context; request: Request; payer: Payer },
): Call {
  /** It may come for minutes: what was taken away meanwhile does not count any more. */
  async function read(): Promise<Buffer> {
    const body = await readBody(request, payer, mostOf(parts, name, procedure), parts.limits);
    const { actor } = await parts.authenticateById(context.tokenId);
    if (!procedure.open && actor.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'sign.in');
    const same = actor === context.actor || JSON.stringify(actor) === JSON.stringify(context.actor);
    if (!same) throw new AppError('UNAVAILABLE', 'server.busy');
    return body;
  }
  const call: Call = {
    context,
    async raw(reader) {
      const texts = joinInput(request.params as Record<string, string>, queryStrings(request.originalUrl));
      const given = reader.convert(texts as Record<string, string>);
      if (procedure.kind === 'upload') {
        await parts.mayUpload[name]!(context, given);
        call.file = await read();
        return given;
      }
      const wanted = procedure.method !== 'GET' && isJson(request);
      return wanted ? joinInput(given, readJson(await read(), reader.tokens)) : given;
    },
  };
  return call;
}

async function mint(parts: HttpParts, name: ProcedureName, call: Call, file: FileAnswer): Promise<Ticket> {
  const content = {
    procedure: name,
    input: JSON.stringify(call.input),
    tokenId: call.context.tokenId,
    name: file.name,
  };
  const { secret, expiresAt } = await parts.mintTicket(content);
  return { url: `/files/${secret}/${encodeURIComponent(file.name)}`, name: file.name, expiresAt };
}

function route(parts: HttpParts, name: ProcedureName, procedure: Procedure) {
  return async (request: Request, response: Response) => {
    try {
      const payer = await parts.gate.payerOf(request);
      const context = await contextOf(parts, request, response);
      const call = callOf(parts, name, procedure, { context, request, payer });
      const value = await parts.dispatch.run(name, call);
      response.json(isFile(value) ? await mint(parts, name, call, value) : value);
    } catch (error) {
      leaveUnread(request, response);
      sendFailure(response, parts.dispatch.failure(error, name));
    }
  };
}

function guard({ site, onRefused }: Pick<HttpParts, 'site' | 'onRefused'>) {
  return (request: Request, response: Response, next: NextFunction) => {
    response.setHeader('cache-control', 'no-store');
    const named = request.headers['x-poli-protocol'];
    if (named !== undefined && named !== String(PROTOCOL_VERSION)) {
      sendFailure(response, { code: 'OUTDATED', reason: 'protocol.old' });
    } else if (request.method !== 'GET' && !sameOrigin(site, request)) {
      const failure = { code: 'FORBIDDEN', reason: 'origin.foreign' } as const;
      onRefused(request, failure);
      sendFailure(response, failure);
    } else next();
  };
}

/** What express itself throws: an address that cannot be read. */
function bodyFailure(error: { status?: number }): Failure | undefined {
  if (typeof error.status === 'number' && error.status < 500)
    return { code: 'INVALID_INPUT', reason: 'body.form' };
  return undefined;
}

/** What nobody has answered, in words that give nothing away: the last handler of the app. */
export function lastWord(parts: Pick<HttpParts, 'dispatch'>) {
  return (error: unknown, _request: Request, response: Response, _next: NextFunction): void =>
    sendFailure(response, bodyFailure(error as { status?: number }) ?? parts.dispatch.failure(error, 'http'));
}

/** Every procedure under /api, from the contract. */
export function createApi(parts: HttpParts): Router {
  const router = express.Router();
  router.use(guard(parts));
  for (const [name, procedure] of procedures) {
    if (procedure.kind === 'upload' && !parts.mayUpload[name]) throw new Error(`${name}: who may upload?`);
    const method = procedure.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    router[method](procedure.path, route(parts, name, procedure));
  }
  router.use((_request, response) => sendFailure(response, { code: 'NOT_FOUND', reason: 'route.unknown' }));
  router.use(lastWord(parts));
  return router;
}
