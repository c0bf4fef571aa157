import type { Input, Output, Procedure } from '../procedure.ts';
import { admin } from './admin.ts';
import { board } from './board.ts';
import { campaigns } from './campaigns.ts';
import { exports } from './exports.ts';
import { identity } from './identity.ts';
import { minutes } from './minutes.ts';
import { rooms } from './rooms.ts';
import { session } from './session.ts';

/** The whole contract: slice → verb → procedure. A procedure's name is `slice.verb`. */
export const contract = { identity, campaigns, rooms, board, session, minutes, exports, admin };
export type Contract = typeof contract;
export type SliceName = keyof Contract;

type Dotted<S extends SliceName> = S extends SliceName ? `${S}.${keyof Contract[S] & string}` : never;
export type ProcedureName = Dotted<SliceName>;

export type ProcedureOf<N extends ProcedureName> = N extends `${infer S}.${infer V}`
  ? S extends SliceName
    ? V extends keyof Contract[S]
      ? Contract[S][V] extends Procedure
        ? Contract[S][V]
        : never
      : never
    : never
  : never;
export type InputOf<N extends ProcedureName> = Input<ProcedureOf<N>>;
export type OutputOf<N extends ProcedureName> = Output<ProcedureOf<N>>;

/** Every procedure under its name. */
export const procedures: ReadonlyMap<ProcedureName, Procedure> = new Map(
  Object.entries(contract).flatMap(([slice, verbs]) =>
    Object.entries(verbs).map(
      ([verb, procedure]) => [`${slice}.${verb}` as ProcedureName, procedure as Procedure] as const,
    ),
  ),
);
