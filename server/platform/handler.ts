import type { Actor } from '../../shared/actor.ts';
import type { Contract, SliceName } from '../../shared/contract/index.ts';
import type { Input, Output, Procedure, Slice } from '../../shared/procedure.ts';

/** One live connection as a feature sees it: it can be put into channels of the Hub, nothing else. */
export interface Connection {
  readonly id: string;
  readonly personId: string;
  readonly tokenId: string;
  join(channel: string): void;
  leave(channel: string): void;
}

/** What a handler adds to the audit's row of its call: names, titles and ids only. */
export interface About {
  id?: string | undefined;
  name?: string | undefined;
  detail?: string | undefined;
  /** Of who did it, where that is known by the answer only. */
  byName?: string | undefined;
}

/** Who asks, from where. Made by dispatch for each call; features never see requests or sockets. */
export interface Context {
  readonly actor: Actor;
  /** Id of the device's token record; '' for nobody. */
  readonly tokenId: string;
  /** Random id of the browser, kept in a cookie of its own; limits count per device. */
  readonly device: string;
  /** The server has given that id out: it was not made up to be somebody new at each call. */
  readonly issued: boolean;
  readonly ip: string;
  /** Where links and QR codes point to: `http://192.168.1.20:3000`. */
  readonly origin: string;
  /** Present when the call came over a socket. */
  readonly connection?: Connection;
  /** Present where the call is audited: says what the input does not tell, as the name of what is removed. What comes later counts. */
  readonly about?: (more: About) => void;
  /** Sets the identity cookie of the answer; UNAVAILABLE over a socket, which has no headers. */
  signIn(token: string, maxAgeSeconds: number): void;
  signOut(): void;
}

/**
 * A file to hand out. The handler checks rights and finds the name, when the link is made and again when it is used; all that costs
 * anything stands in `make`, which runs when it is used.
 */
export interface FileAnswer {
  name: string;
  type: string;
  /** Asked before the link is made: throws UNAVAILABLE when the file would have to wait for too many others. */
  ready?(): void;
  make(): Promise<Uint8Array>;
}

type HandlerOf<P extends Procedure> = P['kind'] extends 'download'
  ? (context: Context, input: Input<P>) => Promise<FileAnswer>
  : P['kind'] extends 'upload'
    ? (context: Context, input: Input<P>, file: Uint8Array) => Promise<Output<P>>
    : (context: Context, input: Input<P>) => Promise<Output<P>>;

export type HandlersOf<S extends Slice> = { readonly [V in keyof S]: HandlerOf<S[V]> };
/** One function for every line of the contract. */
export type Handlers = { readonly [S in SliceName]: HandlersOf<Contract[S]> };
