import type { Duplex } from 'node:stream';
import type { Holding } from '../platform/flight.ts';

/**
 * Watches what a WebSocket has received of a message that is not whole yet, which `ws` keeps until it is. Calls `end` when that is
 * more than the largest message, or more than the payer may have under way.
 */
export function watchUnfinished(stream: Duplex, holding: Holding, largest: number, end: () => void) {
  let started = 0;
  let received = 0;
  let tell: ((ms: number) => void) | undefined;
  // Before and after the listener of `ws` itself, which reads the messages.
  stream.prependListener('data', (chunk: Buffer) => {
    started = performance.now();
    received += chunk.byteLength;
    holding.grow(chunk.byteLength);
  });
  stream.on('data', () => {
    tell?.(performance.now() - started);
    if (received > largest || !holding.grow(0)) end();
  });
  stream.once('close', () => holding.drop());
  return {
    /** A message is whole. */
    whole: (): void => {
      received = 0;
      holding.drop();
    },
    /** Tells after each read how many ms it took. */
    onRead: (took: (ms: number) => void): void => {
      tell = took;
    },
  };
}
