import type { WebsocketProvider } from 'y-websocket';
import * as encoding from 'lib0/encoding';
import { FRAME } from '../../../shared/live-document.ts';

const ANSWER_MS = 3_000;

/**
 * Comes back at once when the network or the page does, instead of waiting for the next try. A socket that looks open may
 * be dead after a sleep: it is asked something, and replaced when it does not answer. Returns how to stop.
 */
export function reconnectOnWake(provider: WebsocketProvider): () => void {
  let probe: ReturnType<typeof setTimeout> | undefined;
  const wake = (): void => {
    if (!provider.shouldConnect || globalThis.document?.visibilityState === 'hidden') return;
    provider.wsUnsuccessfulReconnects = 0;
    if (provider.ws === null) provider.connect();
    else if (provider.wsconnected) ask();
  };
  const ask = (): void => {
    const heard = provider.wsLastMessageReceived;
    const question = encoding.encode((encoder) => encoding.writeVarUint(encoder, FRAME.queryAwareness));
    provider.ws?.send(question as Uint8Array<ArrayBuffer>);
    clearTimeout(probe);
    probe = setTimeout(() => {
      if (!provider.shouldConnect || provider.wsLastMessageReceived !== heard) return;
      provider.disconnect();
      provider.connect();
    }, ANSWER_MS);
  };
  const targets: [EventTarget | undefined, string][] = [
    [globalThis.window, 'online'],
    [globalThis.window, 'pageshow'],
    [globalThis.document, 'visibilitychange'],
  ];
  for (const [target, event] of targets) target?.addEventListener(event, wake);
  return () => {
    clearTimeout(probe);
    for (const [target, event] of targets) target?.removeEventListener(event, wake);
  };
}
