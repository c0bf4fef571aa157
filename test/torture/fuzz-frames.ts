import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { FRAME, SYNC } from '../../shared/live-document.ts';

type Random = () => number;
type Encoder = encoding.Encoder;

/** What a frame may speak of: ids and clocks of people who are there, so that it comes close to being right. */
export interface Known {
  clientIds: number[];
  /** The next clock of an id. */
  clock(clientId: number): number;
  /** Honest updates, to be bent. */
  updates: Uint8Array[];
}

const HUGE = [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1];
const EVIL_JSON = [
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"user":{"__proto__":null,"name":["x"]}}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  '{"a":',
  'null',
  '7',
  '"\\ud800"',
  '{"cell":"a1"}',
  `{"x":"${'y'.repeat(9_000)}"}`,
];
const NAMES = [
  't',
  'rows',
  'draft',
  '',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '\u0000',
  'x'.repeat(300),
];

/** Makes frames that know the format: each is right but for some of its numbers, references, kinds, order, or end. */
export class FrameFuzz {
  readonly #random: Random;
  readonly #known: Known;

  constructor(random: Random, known: Known) {
    this.#random = random;
    this.#known = known;
  }

  next(): Uint8Array {
    const choice = this.#random();
    let frame: Uint8Array;
    if (choice < 0.45) frame = this.#sync(this.#update());
    else if (choice < 0.65) frame = this.#sync(this.#bent());
    else if (choice < 0.8) frame = this.#awareness();
    else if (choice < 0.9) frame = this.#envelope();
    else frame = this.#question();
    if (this.#random() < 0.1) return frame.subarray(0, this.#pick(frame.byteLength + 1));
    return frame;
  }

  #pick(below: number): number {
    return Math.floor(this.#random() * below);
  }
  #of<T>(list: readonly T[]): T {
    return list[this.#pick(list.length)]!;
  }
  /** How many of those announced are there: mostly few, now and then really many. */
  #some(announced: number, most: number): number {
    return Math.min(announced, this.#random() < 0.01 ? most : 4);
  }
  #client(): number {
    const choice = this.#random();
    if (choice < 0.75) return this.#of(this.#known.clientIds);
    return choice < 0.9 ? this.#pick(2 ** 32) : this.#of([0, 1, ...HUGE]);
  }
  #clockOf(client: number): number {
    const next = this.#known.clock(client);
    const choice = this.#random();
    if (choice < 0.7) return next;
    if (choice < 0.9) return this.#pick(next + 3);
    return this.#of([0, next + 1, ...HUGE]);
  }
  #length(): number {
    return this.#random() < 0.85 ? 1 + this.#pick(4) : this.#of([0, ...HUGE]);
  }
  #id(encoder: Encoder): void {
    const client = this.#client();
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(
      encoder,
      this.#random() < 0.8 ? this.#pick(this.#known.clock(client) + 2) : this.#of(HUGE),
    );
  }

  /** An update written by hand, struct by struct. */
  #update(): Uint8Array {
    return encoding.encode((encoder) => {
      const clients = this.#random() < 0.97 ? this.#pick(3) : this.#of([300, ...HUGE]);
      encoding.writeVarUint(encoder, clients);
      for (let n = this.#some(clients, 5_000); n > 0; n--) this.#run(encoder);
      this.#deletes(encoder);
    });
  }
  #run(encoder: Encoder): void {
    const client = this.#client();
    const structs = this.#random() < 0.95 ? 1 + this.#pick(3) : this.#of([0, ...HUGE]);
    encoding.writeVarUint(encoder, structs);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, this.#clockOf(client));
    for (let n = Math.min(structs, 4); n > 0; n--) this.#struct(encoder);
  }
  #struct(encoder: Encoder): void {
    const kind = this.#random() < 0.97 ? this.#pick(11) : this.#pick(32);
    const origin = this.#random() < 0.4;
    const rightOrigin = this.#random() < 0.2;
    const sub = this.#random() < 0.2;
    encoding.writeUint8(encoder, kind | (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (sub ? 0x20 : 0));
    if (kind !== 0 && kind !== 10) {
      if (origin) this.#id(encoder);
      if (rightOrigin) this.#id(encoder);
      if (!origin && !rightOrigin) this.#parent(encoder, sub);
    }
    this.#content(encoder, kind);
  }
  #parent(encoder: Encoder, sub: boolean): void {
    const named = this.#random() < 0.6;
    encoding.writeVarUint(encoder, named ? 1 : this.#of([0, 0, 0, 2]));
    if (named) encoding.writeVarString(encoder, this.#of(NAMES));
    else this.#id(encoder);
    if (sub) encoding.writeVarString(encoder, this.#of(NAMES));
  }
  #content(encoder: Encoder, kind: number): void {
    switch (kind) {
      case 2:
        encoding.writeVarUint(encoder, 2);
        encoding.writeVarString(encoder, this.#of(EVIL_JSON));
        return encoding.writeVarString(encoder, 'undefined');
      case 3:
        return encoding.writeVarUint8Array(encoder, new Uint8Array(this.#pick(40)));
      case 4:
        return encoding.writeVarString(
          encoder,
          this.#random() < 0.9 ? '破立'.slice(this.#pick(3)) : '\ud800',
        );
      case 5:
        return encoding.writeVarString(encoder, this.#of(EVIL_JSON));
      case 6:
        encoding.writeVarString(encoder, this.#of(NAMES));
        return encoding.writeVarString(encoder, this.#of(EVIL_JSON));
      case 7:
        encoding.writeVarUint(encoder, this.#pick(9));
        return encoding.writeVarString(encoder, 'p');
      case 8:
        encoding.writeVarUint(encoder, 1);
        return this.#any(encoder, 0);
      case 9:
        encoding.writeVarString(encoder, 'sub');
        return encoding.writeAny(encoder, { autoLoad: true });
      default:
        return encoding.writeVarUint(encoder, this.#length());
    }
  }
  /** Values in values; half the time deep, and cut where the end would be. */
  #any(encoder: Encoder, depth: number): void {
    if (depth > 300 || this.#random() < 0.3)
      return encoding.writeAny(encoder, this.#of([1, 'a', null, -1.5]));
    if (this.#random() < 0.5)
      return encoding.writeAny(encoder, JSON.parse('{"__proto__":{"x":[1,2]}}') as never);
    // 117: an array, of one.
    encoding.writeUint8(encoder, 117);
    encoding.writeVarUint(encoder, this.#random() < 0.95 ? 1 : this.#of(HUGE));
    this.#any(encoder, depth + 1);
  }
  #deletes(encoder: Encoder): void {
    const clients = this.#random() < 0.95 ? this.#pick(2) : this.#of([2, ...HUGE]);
    encoding.writeVarUint(encoder, clients);
    for (let n = Math.min(clients, 3); n > 0; n--) {
      const client = this.#client();
      encoding.writeVarUint(encoder, client);
      const ranges = this.#random() < 0.9 ? 1 : this.#of([0, 3, ...HUGE]);
      encoding.writeVarUint(encoder, ranges);
      for (let m = Math.min(ranges, 3); m > 0; m--) {
        encoding.writeVarUint(encoder, this.#pick(this.#known.clock(client) + 2));
        encoding.writeVarUint(encoder, this.#length());
      }
    }
  }

  /** An honest update with some of its bytes changed, put in or left out; or in the other format, or inside another. */
  #bent(): Uint8Array {
    const update = this.#of(this.#known.updates);
    const choice = this.#random();
    if (choice < 0.1) return Y.convertUpdateFormatV1ToV2(update);
    if (choice < 0.2) return this.#sync(update);
    if (choice < 0.3) return Uint8Array.from([...update, ...update]);
    const bytes = [...update];
    for (let n = 1 + this.#pick(3); n > 0; n--) {
      const at = this.#pick(bytes.length);
      const byte = this.#random() < 0.3 ? this.#of([0, 0x7f, 0x80, 0xff]) : this.#pick(256);
      bytes.splice(at, this.#pick(2), ...(this.#random() < 0.8 ? [byte] : []));
    }
    return Uint8Array.from(bytes);
  }

  #sync(update: Uint8Array): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, FRAME.sync);
      encoding.writeVarUint(encoder, this.#random() < 0.7 ? SYNC.update : SYNC.step2);
      encoding.writeVarUint8Array(encoder, update);
    });
  }
  #question(): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, FRAME.sync);
      encoding.writeVarUint(encoder, SYNC.step1);
      const vector = encoding.encode((inner) => {
        const count = this.#random() < 0.8 ? this.#pick(4) : this.#of(HUGE);
        encoding.writeVarUint(inner, count);
        for (let n = Math.min(count, 4); n > 0; n--) this.#id(inner);
      });
      encoding.writeVarUint8Array(encoder, vector);
    });
  }
  #awareness(): Uint8Array {
    const body = encoding.encode((encoder) => {
      const count = this.#random() < 0.9 ? 1 + this.#pick(3) : this.#of([0, 300, ...HUGE]);
      encoding.writeVarUint(encoder, count);
      for (let n = this.#some(count, 3_000); n > 0; n--) {
        encoding.writeVarUint(encoder, this.#client());
        encoding.writeVarUint(encoder, this.#of([0, 1, 7, ...HUGE]));
        encoding.writeVarString(encoder, count > 3 ? '{}' : this.#of(EVIL_JSON));
      }
    });
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, FRAME.awareness);
      encoding.writeVarUint8Array(encoder, body);
    });
  }
  /** Kinds, steps and lengths that do not fit what follows. */
  #envelope(): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, this.#of([0, 0, 0, 1, 2, 3, 4, 5, 127, ...HUGE]));
      if (this.#random() < 0.8) encoding.writeVarUint(encoder, this.#of([0, 1, 2, 3, 4, ...HUGE]));
      if (this.#random() < 0.8) encoding.writeVarUint(encoder, this.#of([0, 1, 10, 200, ...HUGE]));
      encoding.writeUint8Array(
        encoder,
        Uint8Array.from({ length: this.#pick(30) }, () => this.#pick(256)),
      );
    });
  }
}
