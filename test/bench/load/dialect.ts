import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** How a server is spoken to: the y-websocket protocol, Hocuspocus's (which names the document in each frame), or none at all. */
export type Dialect = 'y' | 'hocuspocus' | 'relay';

/** A piece of one writer's text, as it stands in an update. */
export interface Piece {
  client: number;
  clock: number;
  length: number;
  /** '' for what is no text. */
  text: string;
}

export interface Shown {
  client: number;
  json: string;
}

/** What one frame of the server says. Shared by all who receive the same bytes: never changed. */
export interface Said {
  kind: 'step1' | 'step2' | 'update' | 'awareness' | 'durable' | 'other';
  /** The update, or the state vector. A copy. */
  body: Uint8Array;
  pieces: Piece[];
  shown: Shown[];
  /** Of `durable`: how many frames are on disk. */
  count: number;
}

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const DURABLE = 4;
const NOTHING: Said = { kind: 'other', body: new Uint8Array(), pieces: [], shown: [], count: 0 };
const STEPS = ['step1', 'step2', 'update'] as const;

/** Makes and reads the frames of one document. */
export class Speech {
  readonly #prefix: Uint8Array;
  readonly #hocuspocus: boolean;

  constructor(dialect: Dialect, doc: string) {
    this.#hocuspocus = dialect === 'hocuspocus';
    this.#prefix = this.#hocuspocus
      ? encoding.encode((encoder) => encoding.writeVarString(encoder, doc))
      : new Uint8Array();
  }

  #frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeUint8Array(encoder, this.#prefix);
      write(encoder);
    });
  }

  #sync(step: number, body: Uint8Array): Uint8Array {
    return this.#frame((encoder) => {
      encoding.writeVarUint(encoder, SYNC);
      encoding.writeVarUint(encoder, step);
      encoding.writeVarUint8Array(encoder, body);
    });
  }

  step1(stateVector: Uint8Array = new Uint8Array([0])): Uint8Array {
    return this.#sync(0, stateVector);
  }
  step2(update: Uint8Array): Uint8Array {
    return this.#sync(1, update);
  }
  update(update: Uint8Array): Uint8Array {
    return this.#sync(2, update);
  }

  /** What Hocuspocus wants to hear first; undefined for the others. */
  login(): Uint8Array | undefined {
    if (!this.#hocuspocus) return undefined;
    return this.#frame((encoder) => {
      encoding.writeVarUint(encoder, AUTH);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, 'somebody');
    });
  }

  awareness(client: number, clock: number, json: string): Uint8Array {
    const body = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, json);
    });
    return this.#frame((encoder) => {
      encoding.writeVarUint(encoder, AWARENESS);
      encoding.writeVarUint8Array(encoder, body);
    });
  }

  /** Asks for everybody's presence, which also is a sign of life. */
  queryAwareness(): Uint8Array {
    return this.#frame((encoder) => encoding.writeVarUint(encoder, 3));
  }

  /** Step (0, 1, or 2 for an update) and body of a sync frame, not decoded further; undefined for other frames. A view. */
  syncBody(frame: Uint8Array): { step: number; body: Uint8Array } | undefined {
    const decoder = decoding.createDecoder(frame.subarray(this.#prefix.length));
    const type = decoding.readVarUint(decoder);
    if (type !== SYNC && !(type === DURABLE && this.#hocuspocus)) return undefined;
    const step = decoding.readVarUint(decoder);
    return { step, body: decoding.readVarUint8Array(decoder) };
  }

  /** Throws on what cannot be decoded. */
  read(frame: Uint8Array): Said {
    const decoder = decoding.createDecoder(frame.subarray(this.#prefix.length));
    const type = decoding.readVarUint(decoder);
    // type 4 is Hocuspocus's answer to a step 1 (the same as a sync frame there), and ours for "on disk"
    if (type === SYNC || (type === DURABLE && this.#hocuspocus)) return readSync(decoder);
    if (type === AWARENESS) return { ...NOTHING, kind: 'awareness', shown: readShown(decoder) };
    if (type === DURABLE) return { ...NOTHING, kind: 'durable', count: decoding.readVarUint(decoder) };
    return NOTHING;
  }
}

function readSync(decoder: decoding.Decoder): Said {
  const kind = STEPS[decoding.readVarUint(decoder)];
  if (kind === undefined) return NOTHING;
  const body = decoding.readVarUint8Array(decoder).slice();
  return { ...NOTHING, kind, body, pieces: kind === 'step1' ? [] : readPieces(body) };
}

function readPieces(update: Uint8Array): Piece[] {
  return Y.decodeUpdate(update).structs.map((struct) => ({
    client: struct.id.client,
    clock: struct.id.clock,
    length: struct.length,
    text: struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '',
  }));
}

function readShown(outer: decoding.Decoder): Shown[] {
  const decoder = decoding.createDecoder(decoding.readVarUint8Array(outer));
  return Array.from({ length: decoding.readVarUint(decoder) }, () => {
    const client = decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    return { client, json: decoding.readVarString(decoder) };
  });
}
