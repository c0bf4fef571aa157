import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** A piece of a decoded update. */
export type Struct = Y.Item | Y.GC | Y.Skip;
/** Deleted clocks of each Yjs client id. */
export type DeletedRanges = ReadonlyMap<number, readonly { clock: number; len: number }[]>;

/** A V1 update of these pieces and deletions. Each run without holes, the highest client id first: Yjs relies on that. */
export function encodeUpdate(
  runs: ReadonlyMap<number, readonly Struct[]>,
  deletes: DeletedRanges,
): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  encoding.writeVarUint(encoder.restEncoder, runs.size);
  for (const [client, run] of runs) {
    encoding.writeVarUint(encoder.restEncoder, run.length);
    encoder.writeClient(client);
    encoding.writeVarUint(encoder.restEncoder, run[0]!.id.clock);
    for (const struct of run) struct.write(encoder, 0);
  }
  encoding.writeVarUint(encoder.restEncoder, deletes.size);
  for (const [client, ranges] of deletes) {
    encoding.writeVarUint(encoder.restEncoder, client);
    encoding.writeVarUint(encoder.restEncoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
  return encoder.toUint8Array();
}
