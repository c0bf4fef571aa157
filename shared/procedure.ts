import type { z } from 'zod';
import type { AuditRule } from './audit.ts';

export type Kind = 'query' | 'command' | 'download' | 'upload';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Options {
  /** May also go over the socket. */
  live?: boolean;
  /** Needs no identity: the door, sign-in, links. */
  open?: boolean;
}

/** What changes something, or hands out or takes a file, says what it leaves in the audit: without that it does not compile. */
export interface Audited<I extends z.ZodType, O extends z.ZodType> extends Options {
  audit: AuditRule<z.infer<I>, z.infer<O>>;
}

/** One line of the contract: a route, what goes in, what comes out. `path` names its parameters `:like`. */
export interface Procedure<
  K extends Kind = Kind,
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  readonly kind: K;
  readonly method: Method;
  readonly path: string;
  readonly input: I;
  readonly output: O;
  readonly live: boolean;
  readonly open: boolean;
  readonly audit: AuditRule<z.infer<I>, z.infer<O>>;
}

export type Input<P extends Procedure> = z.infer<P['input']>;
export type Output<P extends Procedure> = z.infer<P['output']>;
export type Slice = Readonly<Record<string, Procedure>>;

function define<K extends Kind, I extends z.ZodType, O extends z.ZodType>(
  kind: K,
  route: string,
  input: I,
  output: O,
  { live = false, open = false, audit }: Audited<I, O>,
): Procedure<K, I, O> {
  const [method, path] = route.split(' ');
  return { kind, method: method as Method, path: path!, input, output, live, open, audit };
}

const audited =
  <K extends Kind>(kind: K) =>
  <I extends z.ZodType, O extends z.ZodType>(
    route: string,
    input: I,
    output: O,
    options: Audited<I, O>,
  ): Procedure<K, I, O> =>
    define(kind, route, input, output, options);

/** Reads and changes nothing. Route: `GET /path/:param`. */
export const query = <I extends z.ZodType, O extends z.ZodType>(
  route: string,
  input: I,
  output: O,
  options: Options = {},
): Procedure<'query', I, O> => define('query', route, input, output, { ...options, audit: 'none' });
/** Changes something; sending the same input twice has the effect of once. */
export const command = audited('command');
/** Mints a link to a file: the output is always a `Ticket`, the handler answers with the file. */
export const download = audited('download');
/** Takes one file as the request's body; `input` comes from path and query. */
export const upload = audited('upload');
