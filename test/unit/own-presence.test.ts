import { expect, it } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { sendOwnPresence } from '../../client/lib/doc/own-presence.ts';

it('tells where oneself is, nothing of others, and that one is still here when the server thinks otherwise', () => {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider('ws://127.0.0.1', 'list.a', doc, {
    connect: false,
    disableBc: true,
    WebSocketPolyfill: class {} as never,
  });
  const sent: Uint8Array[] = [];
  provider.ws = {
    readyState: 1,
    OPEN: 1,
    send: (frame: Uint8Array) => sent.push(frame),
    close: () => undefined,
  } as never;
  provider.wsconnected = true;
  sendOwnPresence(provider);
  const { awareness } = provider;
  const seesIt = new Awareness(new Y.Doc());
  seesIt.setLocalState(null);
  const heard = () => {
    // 1, then the length of what follows in one byte
    for (const frame of sent.splice(0)) applyAwarenessUpdate(seesIt, frame.subarray(2), 'wire');
    return [...seesIt.getStates()];
  };

  awareness.setLocalState({ cell: 'r1' });
  expect(heard()).toEqual([[doc.clientID, { cell: 'r1' }]]);

  const other = new Awareness(new Y.Doc());
  other.setLocalState({ cell: 'r2' });
  applyAwarenessUpdate(awareness, encodeAwarenessUpdate(other, [other.clientID]), provider);
  other.setLocalState(null);
  applyAwarenessUpdate(awareness, encodeAwarenessUpdate(other, [other.clientID]), provider);
  expect(sent).toEqual([]);

  const gone = encodeAwarenessUpdate(awareness, [doc.clientID], new Map());
  applyAwarenessUpdate(seesIt, gone, 'wire');
  expect(heard()).toEqual([]);
  applyAwarenessUpdate(awareness, gone, provider);
  expect(heard()).toEqual([[doc.clientID, { cell: 'r1' }]]);

  awareness.setLocalState(null);
  expect(heard()).toEqual([]);
  expect(sent).toEqual([]);
  for (const each of [seesIt, other]) each.destroy();
  provider.destroy();
  doc.destroy();
});
