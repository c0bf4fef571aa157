import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type CountedSocket, Tally } from '../../client/lib/doc/counting-socket.ts';
import { Delivery } from '../../client/lib/doc/delivery.ts';
import type { Outbox } from '../../client/lib/doc/outbox.ts';

describe('a word that was composed on a slow disk', () => {
  it('leaves as one piece: the pinyin does not go before the word that replaced it', async () => {
    const kept: (() => void)[] = [];
    const outbox: Outbox = {
      durable: true,
      add: () => new Promise((resolve) => kept.push(() => resolve(kept.length))),
      remove: async () => undefined,
      left: async () => [],
      close: async () => undefined,
    };
    const frames: Uint8Array[] = [];
    const tally = new Tally();
    const send = (frame: Uint8Array) => {
      frames.push(frame);
      tally.count(frame);
    };
    const socket = { readyState: 1, tally, send } as unknown as CountedSocket;
    const doc = new Y.Doc();
    const delivery = new Delivery({
      doc,
      outbox: Promise.resolve(outbox),
      socket: () => socket,
      changed: () => undefined,
      tooLarge: () => undefined,
    });
    await delivery.answer(Y.encodeStateVector(new Y.Doc()));
    doc.on('update', (update: Uint8Array) => delivery.take(update));
    const text = doc.getText('t');
    const before = frames.length;
    delivery.hold(true);
    text.insert(0, 'nihao');
    doc.transact(() => {
      text.delete(0, 5);
      text.insert(0, '你好');
    });
    delivery.hold(false);
    await expect.poll(() => kept.length).toBe(2);
    kept[0]!();
    await new Promise((resolve) => setImmediate(resolve));
    expect(frames.length).toBe(before);
    kept[1]!();
    await expect.poll(() => frames.length).toBe(before + 1);
    const sent = Buffer.from(frames.at(-1)!).toString();
    expect(sent).toContain('你好');
    expect(sent).not.toContain('nihao');
  });
});
