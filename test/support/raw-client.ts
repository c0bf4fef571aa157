import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { readFrame } from '../../server/collab/protocol.ts';
import { until } from './collab-server.ts';
import { step2Frame, updateFrame } from './frames.ts';

/** A bare socket that speaks frames by hand, for what no honest client would send. */
export class RawClient {
  readonly ws: WebSocket;
  readonly frames: Uint8Array[] = [];
  closed: number | undefined;

  constructor(url: string, doc: string, person?: string, headers: Record<string, string> = {}) {
    this.ws = new WebSocket(`${url}/${doc}${person ? `?as=${person}` : ''}`, { headers });
    this.ws.binaryType = 'nodebuffer';
    this.ws.on('message', (data: Buffer) => this.frames.push(new Uint8Array(data)));
    this.ws.on('close', (code) => {
      this.closed = code;
    });
    this.ws.on('error', () => undefined);
  }

  async opened(): Promise<this> {
    await until('the socket opens', () => this.ws.readyState !== WebSocket.CONNECTING);
    return this;
  }

  send(frame: Uint8Array): void {
    this.ws.send(frame);
  }

  /** The highest durable notice heard. */
  get durable(): number {
    const notices = this.frames.filter((frame) => frame[0] === 4);
    const last = notices.at(-1);
    return last ? decoding.readVarUint(decoding.createDecoder(last.subarray(1))) : 0;
  }

  count(kind: ReturnType<typeof readFrame>['kind']): number {
    return this.frames.filter((frame) => readFrame(frame).kind === kind).length;
  }
}

/** A bare client with a document: tells its edits, applies what it hears, answers questions; counts what it told. */
export class Editor {
  readonly client: RawClient;
  readonly doc: Y.Doc;
  told = 0;

  constructor(client: RawClient, doc: Y.Doc) {
    this.client = client;
    this.doc = doc;
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== client) this.#tell(updateFrame(update));
    });
    client.ws.on('message', (data: Buffer) => {
      const frame = readFrame(new Uint8Array(data));
      if (frame.kind === 'step1') this.#tell(step2Frame(Y.encodeStateAsUpdate(doc, frame.stateVector)));
      else if (frame.kind === 'step2' || frame.kind === 'update') Y.applyUpdate(doc, frame.update, client);
    });
  }

  #tell(frame: Uint8Array): void {
    this.told++;
    this.client.send(frame);
  }
}
