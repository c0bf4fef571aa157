import * as decoding from 'lib0/decoding';
import { FRAME, SYNC } from '../../shared/live-document.ts';
import { type IntakeParts, Intake as PlainIntake } from '../platform/intake.ts';

/** What checking an update costs at worst is charged in advance, and given back when it is known: 100 ms for 1 MB. */
const CHECK_MS_PER_BYTE = 1 / 10_000;

/** The frames of one socket of a document on their way in. Of a client's presence only the latest waits. */
export class Intake extends PlainIntake<Uint8Array> {
  constructor(parts: Pick<IntakeParts<Uint8Array>, 'socket' | 'allowance' | 'take' | 'overflow'>) {
    super({ ...parts, sizeOf: (frame) => frame.byteLength, reserveFor, replaces });
  }

  /** An update of that many bytes that `take` was given has been checked and applied, which took so long. */
  checked(bytes: number, ms: number): void {
    this.settle(bytes * CHECK_MS_PER_BYTE, ms);
  }
}

/** What a frame that is checked later may cost then. */
function reserveFor(frame: Uint8Array): number {
  const isUpdate = frame[0] === FRAME.sync && frame[1] !== SYNC.step1;
  return isUpdate ? frame.byteLength * CHECK_MS_PER_BYTE : 0;
}

/** The same for frames of which only the latest matters: a question for presence, and the presence of one client. */
function replaces(frame: Uint8Array): string | undefined {
  if (frame[0] === FRAME.queryAwareness) return 'question';
  if (frame[0] !== FRAME.awareness) return undefined;
  try {
    const decoder = decoding.createDecoder(frame.subarray(1));
    decoding.readVarUint(decoder);
    const entries = decoding.readVarUint(decoder);
    return entries === 1 ? `of ${decoding.readVarUint(decoder)}` : undefined;
  } catch {
    return undefined;
  }
}
