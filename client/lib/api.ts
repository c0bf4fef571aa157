import type { Contract, InputOf, OutputOf, ProcedureName, SliceName } from '../../shared/contract/index.ts';
import { AppError, type Failure } from '../../shared/errors.ts';
import { PROTOCOL_VERSION } from '../../shared/version.ts';
import { type Route, routes } from './routes.ts';

type Verbs<S extends SliceName> = {
  [V in keyof Contract[S] & string]: (
    input: InputOf<Extract<`${S}.${V}`, ProcedureName>>,
    file?: Blob,
  ) => Promise<OutputOf<Extract<`${S}.${V}`, ProcedureName>>>;
};
export type Api = { [S in SliceName]: Verbs<S> };

function request(
  procedure: Route,
  input: Record<string, unknown>,
  file: Blob | undefined,
): [string, RequestInit] {
  const rest = { ...input };
  const path = procedure.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = encodeURIComponent(String(rest[key]));
    delete rest[key];
    return value;
  });
  const inQuery = procedure.method === 'GET' || procedure.kind === 'upload';
  const search = new URLSearchParams();
  if (inQuery)
    for (const [key, value] of Object.entries(rest)) if (value !== undefined) search.set(key, String(value));
  const headers: Record<string, string> = { 'x-poli-protocol': String(PROTOCOL_VERSION) };
  const init: RequestInit = { method: procedure.method, headers, credentials: 'same-origin' };
  if (procedure.kind === 'upload') {
    headers['content-type'] = 'application/octet-stream';
    init.body = file ?? new Blob([]);
  } else if (!inQuery) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(rest);
  }
  const query = search.toString();
  return [`/api${path}${query ? `?${query}` : ''}`, init];
}

async function answer(response: Response): Promise<unknown> {
  const body = (await response.json().catch(() => undefined)) as { error?: Failure } | undefined;
  if (response.ok && body !== undefined) return body;
  const failure = body?.error ?? { code: 'UNAVAILABLE' as const, reason: 'server.unreachable' };
  const { code, reason, ...more } = failure;
  throw new AppError(code, reason, more);
}

/** Calls a procedure over HTTP. Throws AppError; a network that fails is UNAVAILABLE `network.offline`. */
export async function call<N extends ProcedureName>(
  name: N,
  input: InputOf<N>,
  file?: Blob,
): Promise<OutputOf<N>> {
  const procedure = routes[name]!;
  const [url, init] = request(procedure, input as Record<string, unknown>, file);
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new AppError('UNAVAILABLE', 'network.offline');
  }
  return (await answer(response)) as OutputOf<N>;
}

/** `api.campaigns.list({})`: every line of the contract as a function. */
export const api = functionsOf(Object.keys(routes)) as unknown as Api;

type Call = (input: never, file?: Blob) => Promise<unknown>;

function functionsOf(names: readonly string[]): Record<string, Record<string, Call>> {
  const slices: Record<string, Record<string, Call>> = {};
  for (const name of names) {
    const [slice = '', verb = ''] = name.split('.');
    (slices[slice] ??= {})[verb] = (input, file) => call(name as ProcedureName, input, file);
  }
  return slices;
}
