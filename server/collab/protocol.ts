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

/** Filled anew for each frame and copied at once. */
const scratch = new Uint8Array(64);

/** Unsigned numbers of variable length, as lib0 writes them. Valid until the next call. */
function numbers(...values: number[]): Uint8Array {
  let at = 0;
  for (let value of values) {
    for (; value > 127; value = Math.floor(value / 128)) scratch[at++] = 128 | (value % 128);
    scratch[at++] = value;
  }
  return scratch.subarray(0, at);
}

/** The body is copied once, straight to its place behind the headers. */
function syncFrame(step: number, body: Uint8Array): Outgoing {
  return Outgoing.of(BINARY, numbers(FRAME.sync, step, body.byteLength), body);
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
  return Outgoing.of(BINARY, numbers(FRAME.awareness, body.byteLength), body);
}

/** "Permission denied", which stock clients print and go on. */
export function deniedFrame(reason: string): Outgoing {
  const text = Buffer.from(reason);
  return Outgoing.of(BINARY, numbers(FRAME.auth, 0, text.byteLength), text);
}

/** Of the sync frames (step 2 and update) received on this socket the first `n` are on disk. */
export const durableFrame = (n: number): Outgoing => Outgoing.of(BINARY, numbers(FRAME.durable, n));
