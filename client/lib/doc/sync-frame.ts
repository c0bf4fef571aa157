import * as encoding from 'lib0/encoding';
import { FRAME } from '../../../shared/live-document.ts';

/** A sync frame: its step (see `SYNC`) and body. */
export function syncFrame(step: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.sync);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
  });
  return frame as Uint8Array<ArrayBuffer>;
}
