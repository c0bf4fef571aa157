import * as encoding from 'lib0/encoding';
import { encodeAwarenessUpdate } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import { FRAME } from '../../../shared/live-document.ts';

interface Change {
  added: number[];
  updated: number[];
  removed: number[];
}

/**
 * From now on the provider tells only where this client is. By itself y-websocket also sends back what it has just heard of
 * others: in a hall of n that makes n frames to the server of each caret move, all of them dropped there.
 */
export function sendOwnPresence(provider: WebsocketProvider): void {
  const { awareness } = provider;
  awareness.off('update', provider._awarenessUpdateHandler);
  awareness.on('update', ({ added, updated, removed }: Change, origin: unknown) => {
    // What the server says of us needs no answer, unless it says that we are gone.
    const told = origin === provider ? removed : [...added, ...updated, ...removed];
    const { ws } = provider;
    if (!told.includes(awareness.clientID) || !provider.wsconnected || ws?.readyState !== ws?.OPEN) return;
    const frame = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, FRAME.awareness);
      encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID]));
    });
    ws?.send(frame as Uint8Array<ArrayBuffer>);
  });
}
