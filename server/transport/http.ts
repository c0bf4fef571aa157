import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { type ProcedureName, procedures } from '../../shared/contract/index.ts';
import type { Ticket } from '../../shared/contract/answers.ts';
import type { Actor } from '../../shared/actor.ts';
import { AppError, ERROR_STATUS, type Failure } from '../../shared/errors.ts';
import type { Procedure } from '../../shared/procedure.ts';
import { PROTOCOL_VERSION } from '../../shared/version.ts';
import type { Context, FileAnswer } from '../platform/handler.ts';
import { type Call, type Dispatch, isFile } from './dispatch.ts';
import { joinInput } from './input.ts';
import { deviceOf, exchanged, tokenCookie, tokenOf } from './cookies.ts';
import { addressOf, originOf, sameOrigin, type Site } from './request.ts';

/** A minted download: what to run again, as whom. */
export interface TicketContent {
  procedure: string;
  input: string;
  tokenId: string;
  name: string;
}

export interface HttpParts {
  site: Site;
  dispatch: Dispatch;
  authenticate(token: string | undefined): Promise<{ actor: Actor; tokenId: string }>;
  mintTicket(content: TicketContent): Promise<{ secret: string; expiresAt: string }>;
  maxUpload: number;
}

// Above the largest text a form may hold, so that a big paste gets the field's own answer.
const JSON_LIMIT = '4mb';

export async function contextOf(parts: HttpParts, request: Request, response: Response): Promise<Context> {
  const { site } = parts;
  const token = tokenOf(site, request);
  const { actor, tokenId } = await parts.authenticate(token);
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

function strings(query: Request['query']): Record<string, string> {
  for (const [key, value] of Object.entries(query)) {
    if (typeof value !== 'string')
      throw new AppError('INVALID_INPUT', 'input.twice', { fields: [{ path: key, reason: 'input.twice' }] });
  }
  return query as Record<string, string>;
}

function callOf(procedure: Procedure, context: Context, request: Request): Call {
  const binary = procedure.kind === 'upload';
  const body = request.body as unknown;
  if (!binary && body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body))) {
    throw new AppError('INVALID_INPUT', 'body.form');
  }
  const call: Call = {
    context,
    raw: (reader) => {
      const texts = joinInput(request.params as Record<string, string>, strings(request.query)) as Record<
        string,
        string
      >;
      return joinInput(reader.convert(texts), binary ? {} : ((body ?? {}) as Record<string, unknown>));
    },
  };
  if (binary) call.file = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
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
      const context = await contextOf(parts, request, response);
      const call = callOf(procedure, context, request);
      const value = await parts.dispatch.run(name, call);
      response.json(isFile(value) ? await mint(parts, name, call, value) : value);
    } catch (error) {
      sendFailure(response, parts.dispatch.failure(error, name));
    }
  };
}

function guard(site: Site) {
  return (request: Request, response: Response, next: NextFunction) => {
    response.setHeader('cache-control', 'no-store');
    const named = request.headers['x-poli-protocol'];
    if (named !== undefined && named !== String(PROTOCOL_VERSION)) {
      sendFailure(response, { code: 'OUTDATED', reason: 'protocol.old' });
    } else if (request.method !== 'GET' && !sameOrigin(site, request)) {
      sendFailure(response, { code: 'FORBIDDEN', reason: 'origin.foreign' });
    } else next();
  };
}

/** What express itself throws: a body that is too large or not JSON. */
function bodyFailure(error: { status?: number; type?: string }): Failure | undefined {
  if (error.status === 413) return { code: 'TOO_LARGE', reason: 'body.large' };
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
  const json = express.json({ limit: JSON_LIMIT });
  const bytes = express.raw({ type: '*/*', limit: parts.maxUpload });
  router.use(guard(parts.site));
  for (const [name, procedure] of procedures) {
    const method = procedure.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    router[method](procedure.path, procedure.kind === 'upload' ? bytes : json, route(parts, name, procedure));
  }
  router.use((_request, response) => sendFailure(response, { code: 'NOT_FOUND', reason: 'route.unknown' }));
  router.use(lastWord(parts));
  return router;
}
