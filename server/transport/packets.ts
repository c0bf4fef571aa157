import { Decoder, PacketType } from 'socket.io-parser';
import { isWithin } from './json-shape.ts';

/** What a namespace of Socket.IO takes from its clients. */
export interface Taken {
  /** Event → how many tokens of JSON it may have. */
  events: ReadonlyMap<string, number>;
  /** Binary parts of an event: none, or one. */
  attachments: 0 | 1;
}

/** Stands in the place of an input that has more parts than it can have and is not read. */
export const TOO_MANY: unique symbol = Symbol('too many');

/** `<type>[<attachments>-][<namespace>,][<id>]`, in front of the JSON. */
const HEAD = /^([0-6])(?:(\d{1,2})-)?(?:(\/[\w/-]{0,60})(?:,|$))?(\d{1,15})?/;
const EVENT = /^\["([\w:.]{1,60})"[,\]]/;
const MOST_AUTH = 4_096;
const MOST_ATTACHMENTS = 10;
/** Each may be refused and tried again on the same line. */
const MOST_CONNECTS = 20;

interface Head {
  type: PacketType;
  attachments: number;
  namespace: string;
  id: number | undefined;
  /** Where the JSON begins. */
  json: number;
}

function headOf(packet: string): Head {
  const found = HEAD.exec(packet);
  // A name that is longer than any is left over.
  if (!found || packet[found[0].length] === '/') throw new Error('a packet without a head');
  const [whole, type, attachments, namespace = '/', id] = found;
  return {
    type: Number(type),
    attachments: Number(attachments ?? 0),
    namespace,
    id: id === undefined ? undefined : Number(id),
    json: whole.length,
  };
}

/**
 * A decoder of Socket.IO that looks at a packet before it reads it: an unknown event is not read, an input with more parts than it can
 * have neither; binary parts are kept for the one namespace that takes them, one at a time. A throw ends the line.
 */
export function decoderOf(namespaces: ReadonlyMap<string, Taken>, nonsense: number): typeof Decoder {
  return class extends Decoder {
    /** Binary parts that are still to come and are thrown away. */
    #skipped = 0;
    #awaited = false;
    #connects = 0;
    #nonsense = 0;

    override add(packet: unknown): void {
      if (typeof packet === 'string') this.#take(packet);
      else this.#takeBinary(packet);
    }

    #take(packet: string): void {
      if (this.#skipped > 0 || this.#awaited) throw new Error('text in the place of a binary part');
      const head = headOf(packet);
      if (head.type === PacketType.EVENT || head.type === PacketType.BINARY_EVENT)
        this.#takeEvent(packet, head);
      else if (head.type === PacketType.CONNECT) this.#takeConnect(packet, head);
      else if (head.type === PacketType.DISCONNECT && head.json === packet.length) super.add(packet);
      // Nothing that is sent from here asks for an answer.
      else throw new Error('a packet that nobody asked for');
    }

    #takeConnect(packet: string, { json }: Head): void {
      if (++this.#connects > MOST_CONNECTS || packet.length > json + MOST_AUTH)
        throw new Error('too much to come in');
      super.add(packet);
    }

    #takeEvent(packet: string, head: Head): void {
      const taken = namespaces.get(head.namespace);
      if (!taken) throw new Error('an event for no namespace');
      if (head.type === PacketType.BINARY_EVENT) this.#expect(taken, head.attachments);
      const name = EVENT.exec(packet.slice(head.json, head.json + 70))?.[1] ?? '';
      const tokens = taken.events.get(name);
      if (tokens === undefined) return this.#stumble(head, [name]);
      if (!isWithin(packet, tokens, head.json)) return this.#stumble(head, [name, TOO_MANY]);
      if (head.type === PacketType.EVENT || this.#awaited) return super.add(packet);
      // Its binary parts are thrown away; what is left in their places is no input of anything.
      super.add(`${PacketType.EVENT}${packet.slice(1 + `${head.attachments}-`.length)}`);
    }

    #expect(taken: Taken, attachments: number): void {
      if (attachments < 1 || attachments > MOST_ATTACHMENTS) throw new Error('too many binary parts');
      if (taken.attachments === 1 && attachments > 1) throw new Error('more than one binary part');
      if (taken.attachments === 1) this.#awaited = true;
      else this.#skipped = attachments;
    }

    /** Nonsense is heard without being read, so that an old page is told so, and not for long. */
    #stumble({ namespace, id }: Head, data: unknown[]): void {
      if (this.#awaited) throw new Error('a binary part for nothing');
      if (++this.#nonsense > nonsense) throw new Error('too much nonsense');
      const packet = { type: PacketType.EVENT, nsp: namespace, data, ...(id === undefined ? {} : { id }) };
      this.emitReserved('decoded', packet);
    }

    #takeBinary(part: unknown): void {
      if (this.#skipped > 0) {
        this.#skipped--;
        return;
      }
      if (!this.#awaited) throw new Error('a binary part of nothing');
      this.#awaited = false;
      super.add(part);
    }
  };
}
