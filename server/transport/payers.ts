import type { IncomingMessage } from 'node:http';
import type { Actor } from '../../shared/actor.ts';
import { ANONYMOUS } from '../../shared/roles.ts';
import { type Allowance, Allowances } from '../platform/allowance.ts';
import { Flight, type Holding } from '../platform/flight.ts';
import type { TransportLimits } from './limits.ts';
import { tokenOf } from './cookies.ts';
import { addressOf, type Site } from './request.ts';

export interface Who {
  actor: Actor;
  /** '' for nobody. */
  tokenId: string;
}

/** Whom something that comes in is charged to: the person, or for nobody the address. */
export interface Payer {
  /** '' for nobody. */
  readonly personId: string;
  readonly tokenId: string;
  readonly who: Who;
  /** The person or the address, for counts. */
  readonly key: string;
  /** What this payer has for requests. */
  readonly allowance: Allowance;
  /** The allowance of one more line; `close` follows. */
  openLine(): { allowance: Allowance; close(): void };
  /** For one message or body on its way. */
  hold(): Holding;
}

export interface Payers {
  /** Who sends this, by the cookie; nobody where it is not valid. A throw: it cannot be said just now. */
  of(request: IncomingMessage): Promise<Payer>;
  /** The address alone, at once. */
  addressOf(request: IncomingMessage): Payer;
  /** For what is received of somebody who is known already. */
  holdFor(personId: string): Holding;
  /** Bytes of unfinished messages and bodies. */
  readonly flight: Flight;
}

interface Parts {
  site: Site;
  limits: TransportLimits;
  authenticate(token: string | undefined): Promise<Who>;
}

const NOBODY: Who = { actor: ANONYMOUS, tokenId: '' };

/** The accounts of everybody who sends anything. Somebody with a valid token pays alone, never for the address. */
export function createPayers({ site, limits, authenticate }: Parts): Payers {
  const people = new Allowances(limits.line, limits.person);
  const addresses = new Allowances(limits.lineOfNobody, limits.address);
  const flight = new Flight(limits.flight);

  const holdFor = (personId: string): Holding => flight.hold(`person ${personId}`);

  function payer(personId: string, who: Who, key: string, each?: number): Payer {
    const accounts = personId === '' ? addresses : people;
    return {
      personId,
      tokenId: who.tokenId,
      who,
      key,
      get allowance() {
        return accounts.shared(key, performance.now());
      },
      openLine() {
        const allowance = accounts.open(key, performance.now());
        return { allowance, close: () => accounts.close(key, performance.now()) };
      },
      hold: () => (personId === '' ? flight.hold(`address ${key}`, each) : holdFor(personId)),
    };
  }
  const nobody = (request: IncomingMessage): Payer =>
    payer('', NOBODY, addressOf(site, request), limits.flightOfNobody);

  return {
    flight,
    addressOf: nobody,
    holdFor,
    async of(request) {
      const token = tokenOf(site, request);
      if (token === undefined || token === '') return nobody(request);
      const who = await authenticate(token);
      return who.actor.kind === 'person'
        ? payer(who.actor.personId, who, who.actor.personId)
        : nobody(request);
    },
  };
}
