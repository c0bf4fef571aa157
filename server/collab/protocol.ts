import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { FRAME, SYNC } from '../../shared/live-document.ts';
import { BINARY, Outgoing } from '../platform/outgoing.ts';

/** What one socket says about one client id. `json` is not parsed here: most entries are dropped unread. */
export interface Presence {
  clientId: number;
  clock: number;
  json: string;
}

export type Frame =
  | { kind: 'step1'; stateVector: Uint8Array }
  | { kind: 'step2'; update: Uint8Array }
  | { kind: 'update'; update: Uint8Array }
  | { kind: 'awareness'; entries: Presence[] }
  | { kind: 'queryAwareness' }
  | { kind: 'unreadable' };

const MAX_PRESENCES = 2_000;
const UNREADABLE: Frame = { kind: 'unreadable' };

/** Never throws: whatever is not a frame is `unreadable`. The bytes inside are views, not copies. */
export function readFrame(bytes: Uint8Array): Frame {
  try {
    return decode(decoding.createDecoder(bytes));
  } catch {
    return UNREADABLE;
  }
}

function decode(decoder: decoding.Decoder): Frame {
  switch (decoding.readVarUint(decoder)) {
    case FRAME.sync:
      return decodeSync(decoder);
    case FRAME.awareness:
      return {
        kind: 'awareness',
        entries: decodePresences(decoding.createDecoder(decoding.readVarUint8Array(decoder))),
      };
    case FRAME.queryAwareness:
      return { kind: 'queryAwareness' };
    default:
      return UNREADABLE;
  }
}

function decodeSync(decoder: decoding.Decoder): Frame {
  const step = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  if (step === SYNC.step1) return { kind: 'step1', stateVector: body };
  if (step === SYNC.step2) return { kind: 'step2', update: body };
  if (step === SYNC.update) return { kind: 'update', update: body };
  return UNREADABLE;
}

function decodePresences(decoder: decoding.Decoder): Presence[] {
  const count = Math.min(decoding.readVarUint(decoder), MAX_PRESENCES);
  const entries: Presence[] = [];
  for (let i = 0; i < count; i++) {
    const clientId = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    entries.push({ clientId, clock, json: decoding.readVarString(decoder) });
  }
  return entries;
}

const message = (write: (encoder: encoding.Encoder) => void, body?: Uint8Array): Outgoing => {
  const head = encoding.encode(write);
  return body ? Outgoing.of(BINARY, head, body) : Outgoing.of(BINARY, head);
};

/** The body is copied once, straight to its place behind the headers. */
function syncFrame(step: number, body: Uint8Array): Outgoing {
  return message((encoder) => {
    encoding.writeVarUint(encoder, FRAME.sync);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint(encoder, body.byteLength);
  }, body);
}

export const step1Frame = (stateVector: Uint8Array): Outgoing => syncFrame(SYNC.step1, stateVector);
export const step2Frame = (update: Uint8Array): Outgoing => syncFrame(SYNC.step2, update);
export const updateFrame = (update: Uint8Array): Outgoing => syncFrame(SYNC.update, update);

/** The update in a frame of our own making, as a view. */
export function bodyOf(frame: Outgoing): Uint8Array {
  const read = readFrame(frame.messages[0]!);
  if (!('update' in read)) throw new Error('no update in it');
  return read.update;
}

export function awarenessFrame(entries: readonly Presence[]): Outgoing {
  const body = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length);
    for (const entry of entries) {
      encoding.writeVarUint(encoder, entry.clientId);
      encoding.writeVarUint(encoder, entry.clock);
      encoding.writeVarString(encoder, entry.json);
    }
  });
  return message((encoder) => {
    encoding.writeVarUint(encoder, FRAME.awareness);
    encoding.writeVarUint(encoder, body.byteLength);
  }, body);
}

/** "Permission denied", which stock clients print and go on. */
export function deniedFrame(reason: string): Outgoing {
  return message((encoder) => {
    encoding.writeVarUint(encoder, FRAME.auth);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, reason);
  });
}

/** Of the sync frames (step 2 and update) received on this socket the first `n` are on disk. */
export function durableFrame(n: number): Outgoing {
  return message((encoder) => {
    encoding.writeVarUint(encoder, FRAME.durable);
    encoding.writeVarUint(encoder, n);
  });
}
