import * as protocol from '../../server/collab/protocol.ts';
import type { Outgoing } from '../../server/platform/outgoing.ts';

/** Frames as a client sends them: the bytes of one message. */
const bytes = (frame: Outgoing): Uint8Array => frame.messages[0]!;

export const step1Frame = (stateVector: Uint8Array): Uint8Array => bytes(protocol.step1Frame(stateVector));
export const step2Frame = (update: Uint8Array): Uint8Array => bytes(protocol.step2Frame(update));
export const updateFrame = (update: Uint8Array): Uint8Array => bytes(protocol.updateFrame(update));
export const awarenessFrame = (entries: readonly protocol.Presence[]): Uint8Array =>
  bytes(protocol.awarenessFrame(entries));
