import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type CountedSocket, Tally } from '../../client/lib/doc/counting-socket.ts';
import { Delivery } from '../../client/lib/doc/delivery.ts';
import type { Look, Outbox } from '../../client/lib/doc/outbox.ts';

/** A delivery that is connected and has answered, on a disk whose reads and writes the test completes. */
async function onSlowDisk() {
  const kept: (() => void)[] = [];
  const found: ((look: Look) => void)[] = [];
  const outbox: Outbox = {
    durable: true,
    add: () => new Promise((resolve) => kept.push(() => resolve(kept.length))),
    remove: async () => undefined,
    look: () => new Promise((resolve) => found.push(resolve)),
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
    free: () => true,
    changed: () => undefined,
    tooLarge: () => undefined,
  });
  await delivery.answer(Y.encodeStateVector(new Y.Doc()));
  doc.on('update', (update: Uint8Array, origin) => {
    if (origin !== delivery) delivery.take(update);
  });
  return { doc, text: doc.getText('t'), delivery, frames, kept, found };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a word that was composed on a slow disk', () => {
  it('leaves as one piece: the pinyin does not go before the word that replaced it', async () => {
    const { doc, text, delivery, frames, kept } = await onSlowDisk();
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
    await turn();
    expect(frames.length).toBe(before);
    kept[1]!();
    await expect.poll(() => frames.length).toBe(before + 1);
    const sent = Buffer.from(frames.at(-1)!).toString();
    expect(sent).toContain('你好');
    expect(sent).not.toContain('nihao');
  });

  it('is not cut in two by what a dead tab left and the disk finds meanwhile', async () => {
    const { text, delivery, frames, kept, found } = await onSlowDisk();
    const dead = new Y.Doc();
    dead.getText('t').insert(0, '旧');
    const left = [{ tab: 'dead', entries: [{ key: 1, update: Y.encodeStateAsUpdate(dead) }] }];
    void delivery.adopt();
    await expect.poll(() => found.length).toBe(1);
    delivery.hold(true);
    text.insert(0, 'ni');
    found[0]!({ left, doubtful: [] });
    await turn();
    expect(text.toString()).toBe('ni');
    text.delete(0, 2);
    text.insert(0, '你');
    delivery.hold(false);
    await expect.poll(() => found.length).toBe(2);
    found[1]!({ left, doubtful: [] });
    await expect.poll(() => [...text.toString()].sort()).toEqual(['你', '旧']);
    for (const keep of kept) keep();
    await expect.poll(() => Buffer.concat(frames).toString()).toContain('旧');
    expect(Buffer.concat(frames).toString()).not.toContain('ni');
  });
});
