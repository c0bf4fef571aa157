import * as decoding from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { FRAME, FULL, MAX_UPDATE_BYTES, SYNC, WAITS } from '../../../shared/live-document.ts';
import { PROTOCOL_VERSION } from '../../../shared/version.ts';
import { ticks } from '../clock.ts';
import { pageCarrier } from './carrier.ts';
import { type CountedSocket, countingSocket } from './counting-socket.ts';
import { wordsOf } from './deleted-text.ts';
import { Delivery } from './delivery.ts';
import { type DeniedReason, deniedBy, type Facts, type Hindrance } from './doc-status.ts';
import { HeldFrames } from './held-frames.ts';
import type { LiveDocument, OpenOptions } from './live-document.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { sendOwnPresence } from './own-presence.ts';
import { StatusWatch } from './status-watch.ts';
import { spreadReconnects } from './spread-reconnects.ts';
import { succeeds } from './succeeds.ts';
import { syncFrame } from './sync-frame.ts';
import { reconnectOnWake } from './wake.ts';

export type { LiveDocument, OpenOptions };

const RESCAN_MS = 5_000;
const FAREWELL_MS = 10_000;

/** Opens a live document. Nothing throws later: what goes wrong is in `status`. */
export function openDocument(options: OpenOptions): LiveDocument {
  return new OpenDocument(options);
}

function defaultUrl(): string {
  const { protocol, host } = globalThis.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/collab`;
}

class OpenDocument implements LiveDocument {
  readonly doc = new Y.Doc();
  readonly awareness: Awareness;
  readonly status = new StatusWatch(() => this.#facts());
  readonly #provider: WebsocketProvider;
  readonly #delivery: Delivery;
  readonly #held = new HeldFrames();
  readonly #outbox: Promise<Outbox>;
  readonly #readOnly: boolean;
  readonly #stopWaking: () => void;
  readonly #rescan: ReturnType<typeof setInterval>;
  #opened: Outbox | undefined;
  #everTried = false;
  #holding = false;
  #denied: DeniedReason | undefined;
  #hindrance: Hindrance | undefined;
  #leaving = false;

  constructor(options: OpenOptions) {
    this.#readOnly = options.readOnly ?? false;
    this.#outbox = openOutbox({ person: options.person.id, doc: options.name, ...options.outbox });
    this.#delivery = new Delivery({
      doc: this.doc,
      outbox: this.#outbox,
      socket: () => this.#socket,
      free: () => this.#provider.synced && !this.#denied && !this.#leaving,
      changed: () => this.status.refresh(),
      tooLarge: () => this.#deny('too-large'),
    });
    this.#provider = new WebsocketProvider(options.url ?? defaultUrl(), options.name, this.doc, {
      connect: false,
      disableBc: true,
      params: { v: String(PROTOCOL_VERSION), ...options.params },
      WebSocketPolyfill: countingSocket(options.socket ?? pageCarrier().Socket),
    });
    this.awareness = this.#provider.awareness;
    this.awareness.setLocalStateField('user', options.person);
    this.#listen();
    sendOwnPresence(this.#provider);
    spreadReconnects(this.#provider);
    this.#stopWaking = reconnectOnWake(this.#provider);
    this.#rescan = setInterval(() => void this.#delivery.adopt(), options.outbox?.deadMs ?? RESCAN_MS);
    this.#provider.connect();
  }

  get synced(): boolean {
    return this.#provider.synced;
  }

  hold(on: boolean): void {
    if (this.#holding === on) return;
    this.#holding = on;
    const missed = !on && this.#held.flush();
    this.#delivery.hold(on);
    if (missed) this.#askForMissing();
  }

  fits(what: string | number): boolean {
    if (typeof what === 'number') return what <= MAX_UPDATE_BYTES;
    return new TextEncoder().encode(what).byteLength <= MAX_UPDATE_BYTES / 2;
  }

  async unsavedWords(): Promise<string> {
    return wordsOf(await this.#delivery.unsaved());
  }

  forgetStranded(): void {
    void this.#delivery.forgetStranded();
  }

  destroy(): void {
    if (this.#leaving) return;
    this.#leaving = true;
    clearInterval(this.#rescan);
    this.#stopWaking();
    this.status.stop();
    this.hold(false);
    this.awareness.setLocalState(null);
    if (this.#delivery.open === 0 || !this.#provider.wsconnected) return this.#end();
    const last = setTimeout(() => this.#end(), FAREWELL_MS);
    this.status.subscribe(() => {
      if (this.#delivery.open > 0 && this.#provider.wsconnected) return;
      clearTimeout(last);
      this.#end();
    });
  }

  #end(): void {
    this.status.stop();
    this.#provider.destroy();
    this.doc.destroy();
    void this.#outbox.then((outbox) => outbox.close());
  }

  get #socket(): CountedSocket | undefined {
    return (this.#provider.ws as CountedSocket | null) ?? undefined;
  }

  #listen(): void {
    const provider = this.#provider;
    // Updates go out through the outbox, not straight to the socket.
    this.doc.off('update', provider._updateHandler);
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== provider && origin !== this.#delivery && !this.#readOnly) this.#delivery.take(update);
    });
    provider.messageHandlers[FRAME.sync] = (_encoder, decoder) => {
      const step = decoding.readVarUint(decoder);
      const body = decoding.readVarUint8Array(decoder);
      this.#whenFree(body.byteLength, () => this.#sync(step, body));
    };
    const awareness = provider.messageHandlers[FRAME.awareness]!;
    provider.messageHandlers[FRAME.awareness] = (encoder, decoder, ...rest) =>
      this.#whenFree(decoder.arr.byteLength, () => succeeds(() => awareness(encoder, decoder, ...rest)));
    provider.messageHandlers[FRAME.auth] = (_encoder, decoder) => {
      decoding.readVarUint(decoder);
      const reason = decoding.readVarString(decoder);
      if (reason === WAITS || reason === FULL) this.#note(reason);
      else if (!this.#readOnly) this.#deny('read-only');
    };
    provider.messageHandlers[FRAME.durable] = (_encoder, decoder) => {
      const n = decoding.readVarUint(decoder);
      this.#socket?.tally.confirm(n);
      void this.#delivery.confirm(n);
    };
    provider.on('status', () => this.status.refresh());
    provider.on('connection-close', () => {
      this.#everTried = true;
      this.#hindrance = undefined;
      this.#delivery.interrupt();
    });
    provider.on('connection-error', () => {
      this.#everTried = true;
      this.status.refresh();
    });
    provider.on('closed', ({ code }) => this.#deny(deniedBy(code)));
    provider.on('sync', () => {
      this.status.refresh();
      void this.#delivery.adopt();
    });
    void this.#outbox.then((outbox) => {
      this.#opened = outbox;
      this.status.refresh();
    });
  }

  #whenFree(bytes: number, task: () => void): void {
    if (this.#holding) this.#held.push(bytes, task);
    else task();
  }

  #sync(step: number, body: Uint8Array): void {
    if (step === SYNC.step1) {
      if (!this.#readOnly) void this.#answer(body);
      return;
    }
    succeeds(() => Y.applyUpdate(this.doc, body, this.#provider));
    if (step === SYNC.step2 && !this.#provider.synced) this.#provider.synced = true;
  }

  /** Only who may write is asked; being asked again mends having been made a reader. */
  async #answer(stateVector: Uint8Array): Promise<void> {
    if (this.#denied === 'read-only') this.#denied = undefined;
    this.#hindrance = undefined;
    await this.#delivery.answer(stateVector);
    await this.#delivery.adopt();
  }

  #askForMissing(): void {
    const question = syncFrame(SYNC.step1, Y.encodeStateVector(this.doc));
    if (this.#socket?.readyState === 1) this.#socket.send(question);
  }

  #deny(reason: DeniedReason): void {
    this.#denied = reason;
    if (reason === 'too-large') this.#provider.disconnect();
    this.#delivery.interrupt();
    this.status.refresh();
  }

  #note(hindrance: Hindrance): void {
    this.#hindrance = hindrance;
    this.status.refresh();
  }

  #facts(): Facts {
    const tally = this.#socket?.tally;
    const oldest = this.#delivery.oldest;
    return {
      denied: this.#denied,
      hindrance: this.#hindrance,
      connected: this.#provider.wsconnected,
      synced: this.#provider.synced && (this.#readOnly || this.#delivery.settled),
      everTried: this.#everTried,
      waiting: this.#delivery.open,
      doubtful: this.#delivery.doubtful,
      stranded: this.#delivery.stranded,
      confirmed: !tally || tally.confirmed >= tally.sent,
      age: oldest === undefined ? undefined : ticks() - oldest,
      kept: !this.#delivery.stuck && (this.#opened?.durable ?? true),
    };
  }
}
