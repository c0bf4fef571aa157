import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { createDocuments, type Documents } from '../../server/collab/documents.ts';
import { readFrame } from '../../server/collab/protocol.ts';
import { FakeSocket } from '../support/fake-socket.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { randomEdit } from '../support/random-edit.ts';
import { FrameFuzz, type Known } from './fuzz-frames.ts';
import { SimClient } from './sim-client.ts';
import { type Outcome, type Task, wordsOf } from './torture.ts';
import { realNow, VirtualTime } from './virtual-time.ts';
import { step1Frame } from '../support/frames.ts';

const DOC = 'list.a';
const HONEST = [1_001, 1_002];
const MAX_BLOCK_MS = 50;
/** Measured in one go; one that is too slow is looked for among them. */
const TOGETHER = 10;
/** Virtual ms from one group of frames to the next: so many a second as one socket may send. */
const PACE_MS = 40;
export const MASKED = 'an attacker who is taken for somebody else';
export const SLOW = 'a frame that takes long';

/** The documents of the server with an attacker at one socket and two honest people at two others, all in one document. */
class Scene {
  readonly honest: SimClient[];
  readonly documents: Documents;
  /** Copies in which words stand elsewhere. */
  strays = 0;
  readonly #log = new MemoryUpdateLog();
  readonly #random: () => number;
  readonly #time: VirtualTime;
  readonly #attackerIs: string;
  #attacker: FakeSocket | undefined;

  constructor(random: () => number, time: VirtualTime, logged: string[], attackerIs: string) {
    this.#time = time;
    this.#attackerIs = attackerIs;
    this.#random = random;
    const log = {
      warn: () => undefined,
      error: (facts: object, words: string) => void logged.push(`${words} ${JSON.stringify(facts)}`),
    };
    this.documents = createDocuments({ updates: this.#log, log });
    this.honest = HONEST.map((id, n) => new SimClient(`p${n + 1}`, id));
  }

  async open(): Promise<void> {
    for (const client of this.honest) {
      client.connect(this.documents, DOC);
      client.show();
    }
    for (let n = 0; n < 30; n++) {
      for (const client of this.honest) randomEdit(client.doc, this.#random);
      await this.exchange();
    }
  }

  /** Lets everything that is on its way between the honest and the server arrive. */
  async exchange(): Promise<void> {
    for (const client of this.honest) {
      while (client.line && client.line.up.length > 0) client.line.deliverUp();
      await this.#time.advance(1);
      while (client.line && client.line.down.length > 0) client.hear();
    }
  }

  /** Frames of the attacker in one go. Returns the ms for which nobody else could be served. */
  async attack(frames: readonly Uint8Array[]): Promise<number> {
    if (!this.#attacker || this.#attacker.closedWith !== undefined) await this.#comeBack();
    this.#attacker!.sent.length = 0;
    const before = realNow();
    for (const frame of frames) this.#attacker!.say(frame);
    await this.#time.advance(PACE_MS);
    return realNow() - before;
  }

  async #comeBack(): Promise<void> {
    this.#attacker = new FakeSocket();
    const personId = this.#attackerIs;
    this.documents.connect(this.#attacker, DOC, { personId, name: 'he', access: async () => 'write' });
    await this.#time.advance(1);
    this.#attacker.say(step1Frame(new Uint8Array([0])));
    await this.#time.advance(1);
  }

  /** The document as somebody gets it who comes now, and as the rows on disk make it. */
  async copies(): Promise<[string, Y.Doc][]> {
    const [late, stored] = [new Y.Doc(), new Y.Doc()];
    const socket = new FakeSocket();
    this.documents.connect(socket, DOC, { personId: 'late', name: 'late', access: async () => 'read' });
    await this.#time.advance(1);
    socket.say(step1Frame(new Uint8Array([0])));
    await this.#time.advance(1);
    for (const bytes of socket.sent) {
      const frame = readFrame(bytes);
      if ('update' in frame) Y.applyUpdate(late, frame.update);
    }
    socket.hangUp();
    for (const { update } of await this.#log.load(DOC)) Y.applyUpdate(stored, update);
    return [
      ['who comes late', late],
      ['a fresh load', stored],
    ];
  }
}

/** The same pieces. */
const alike = (a: Y.Doc, b: Y.Doc): boolean =>
  isDeepStrictEqual(Y.decodeStateVector(Y.encodeStateVector(a)), Y.decodeStateVector(Y.encodeStateVector(b)));

/**
 * The same in the same order. Not promised here: who may write can make pieces by hand that say they stand between two that are
 * nowhere near each other, and where those end depends in Yjs on what came first. It is counted.
 */
const sameWords = (a: Y.Doc, b: Y.Doc): boolean => a.getText('t').toString() === b.getText('t').toString();

function knownOf(scene: Scene): Known {
  const [first] = scene.honest;
  let clocks = new Map<number, number>();
  let asked = 0;
  return {
    clientIds: [...HONEST, 5, 6, 7],
    // Looked at now and then: a frame may be behind by a little.
    clock(client) {
      if (asked++ % 2_000 === 0) clocks = Y.decodeStateVector(Y.encodeStateVector(first!.doc));
      return clocks.get(client) ?? 0;
    },
    updates: scene.honest.flatMap(({ made }) => made),
  };
}

/** Frames as fast as they can be taken, each measured by itself. */
export async function fuzzInProcess(task: Task): Promise<Outcome> {
  const { random, plant } = task;
  const outcome = { counts: {}, worst: {}, anomalies: [] as string[] };
  const time = new VirtualTime();
  const scene = new Scene(random, time, outcome.anomalies, plant === MASKED ? 'p1' : 'he');
  try {
    await scene.open();
    await attack(scene, task, outcome);
    outcome.anomalies.push(...(await judge(scene, random)));
    Object.assign(outcome.counts, { 'copies with words elsewhere': scene.strays });
  } catch (error) {
    outcome.anomalies.push(wordsOf(error));
  } finally {
    time.stop();
  }
  return outcome;
}

async function attack(
  scene: Scene,
  { random, seconds, plant }: Task,
  outcome: { counts: object; worst: object; anomalies: string[] },
): Promise<void> {
  const fuzz = new FrameFuzz(random, knownOf(scene));
  const end = realNow() + Math.max(3, Math.min(seconds, 30)) * 1_000;
  let frames = 0;
  let slowest = 0;
  while (realNow() < end) {
    const some = Array.from({ length: TOGETHER }, () => fuzz.next());
    const ms = await scene.attack(some);
    frames += TOGETHER;
    slowest = Math.max(slowest, ms);
    if (ms > MAX_BLOCK_MS || (plant === SLOW && frames === 100 * TOGETHER))
      for (const frame of some) {
        // A pause of the machine is no fault of the frame: a slow one is slow every time.
        const alone = Math.min(await scene.attack([frame]), await scene.attack([frame]));
        if (alone > MAX_BLOCK_MS || plant === SLOW) outcome.anomalies.push(`${alone} ms for ${hexOf(frame)}`);
      }
    if (frames % (50 * TOGETHER) === 0) {
      for (const client of scene.honest) randomEdit(client.doc, random);
      await scene.exchange();
    }
  }
  const { refused, unreadable } = scene.documents.counts();
  // What is held back or closed out is not judged at all.
  if (refused + unreadable < frames / 5)
    outcome.anomalies.push(`only ${refused + unreadable} of ${frames} were refused`);
  Object.assign(outcome.counts, { 'frames at the documents': frames, refused, unreadable });
  Object.assign(outcome.worst, { [`ms for ${TOGETHER} frames`]: slowest });
}

const hexOf = (frame: Uint8Array): string =>
  `${frame.byteLength} bytes: ${Buffer.from(frame).toString('hex').slice(0, 400)}`;

/** The honest are still there, can still write, agree, and nobody has written in their names. */
async function judge(scene: Scene, random: () => number): Promise<string[]> {
  const found: string[] = [];
  for (let n = 0; n < 20; n++) {
    for (const client of scene.honest) randomEdit(client.doc, random);
    await scene.exchange();
  }
  for (let n = 0; n < 300; n++) await scene.exchange();
  const [a, b] = scene.honest;
  for (const { person, closes, told, durable, line } of scene.honest) {
    if (!line || closes.length > 0) found.push(`${person} was thrown out`);
    if (told !== durable) found.push(`${person} told ${told} and has ${durable} noticed as durable`);
  }
  const copies: [string, Y.Doc][] = [['the other', b!.doc], ...(await scene.copies())];
  for (const [who, doc] of copies) {
    if (!alike(doc, a!.doc)) found.push(`${who} has other pieces`);
    if (!sameWords(doc, a!.doc)) scene.strays++;
    if (doc.store.pendingStructs ?? doc.store.pendingDs) found.push(`${who} has something pending`);
  }
  for (const [n, { person, doc, made }] of scene.honest.entries()) {
    // Yjs takes another id where somebody else writes under one's own.
    const id = HONEST[n]!;
    const own = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(Y.mergeUpdates(made))).get(id);
    const there = Y.decodeStateVector(Y.encodeStateVector(doc)).get(id);
    if (own !== there) found.push(`somebody has written in the name of ${person}: ${there} for ${own}`);
  }
  return found;
}
