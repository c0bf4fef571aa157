import { type PlainSocket, pollingSocket } from './polling-socket.ts';

/** How live documents reach the server: by WebSocket, or, where a network lets none through, by long-polling. */
export interface Carrier {
  /** For `useSyncExternalStore`: true once long-polling is used; it stays so for the session. */
  readonly slow: { get(): boolean; subscribe(listener: () => void): () => void };
  /** For y-websocket: each new socket is of the kind that is used now. */
  readonly Socket: typeof WebSocket;
}

export interface CarrierParts {
  fast: typeof WebSocket;
  polling: new (url: string) => PlainSocket;
  /** Whether the server answers plain HTTP at this moment. */
  answers(): Promise<boolean>;
  /** Where the choice is kept for the session. */
  memory: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  patienceMs?: number;
}

const KEY = 'poli.carrier';
const PATIENCE_MS = 5_000;
const ANSWER_MS = 3_000;
/** One failure may be a restart of the server that came back between the two questions. */
const FAILURES = 2;

/** WebSocket until two tries in a row have failed while the server answered over HTTP. Then polling, and never back. */
export function createCarrier(parts: CarrierParts): Carrier {
  let slow = recall(parts.memory);
  let failures = 0;
  const listeners = new Set<() => void>();

  async function failed(): Promise<void> {
    if (!(await parts.answers())) failures = 0;
    else if (++failures >= FAILURES && !slow) {
      slow = true;
      remember(parts.memory);
      for (const listener of listeners) listener();
    }
  }
  const worked = (): void => {
    failures = 0;
  };

  const open = (url: string, protocols?: string[]): PlainSocket => {
    if (slow) return new parts.polling(url);
    const socket = new parts.fast(url, protocols);
    const close = socket.close.bind(socket);
    const patience = setTimeout(close, parts.patienceMs ?? PATIENCE_MS);
    let decided = false;
    const decide = (then: () => void): void => {
      clearTimeout(patience);
      if (!decided) then();
      decided = true;
    };
    socket.addEventListener('open', () => decide(worked));
    socket.addEventListener('close', () => decide(() => void failed()));
    // Who leaves before the line stands proves nothing about it.
    socket.close = (...why) => {
      decide(() => undefined);
      close(...why);
    };
    return socket as unknown as PlainSocket;
  };
  return {
    slow: {
      get: () => slow,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    Socket: openedBy(open),
  };
}

/** A socket class that passes everything on to a socket of another kind. */
function openedBy(open: (url: string, protocols?: string[]) => PlainSocket): typeof WebSocket {
  class Passing {
    /** y-websocket compares with it before it says where somebody is. */
    readonly OPEN = 1;
    readonly #inner: PlainSocket;
    constructor(url: string, protocols?: string[]) {
      this.#inner = open(url, protocols);
    }
    get readyState(): number {
      return this.#inner.readyState;
    }
    get binaryType(): string {
      return this.#inner.binaryType;
    }
    set binaryType(type: string) {
      this.#inner.binaryType = type;
    }
    set onopen(handler: PlainSocket['onopen']) {
      this.#inner.onopen = handler;
    }
    set onmessage(handler: PlainSocket['onmessage']) {
      this.#inner.onmessage = handler;
    }
    set onerror(handler: PlainSocket['onerror']) {
      this.#inner.onerror = handler;
    }
    set onclose(handler: PlainSocket['onclose']) {
      this.#inner.onclose = handler;
    }
    send(frame: Uint8Array): void {
      this.#inner.send(frame);
    }
    close(): void {
      this.#inner.close();
    }
  }
  return Passing as unknown as typeof WebSocket;
}

function recall(memory: CarrierParts['memory']): boolean {
  try {
    return memory?.getItem(KEY) === 'polling';
  } catch {
    return false;
  }
}

function remember(memory: CarrierParts['memory']): void {
  try {
    memory?.setItem(KEY, 'polling');
  } catch {
    // Full or forbidden: the next page finds out by itself.
  }
}

function sessionMemory(): CarrierParts['memory'] {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}

async function serverAnswers(): Promise<boolean> {
  const control = new AbortController();
  const patience = setTimeout(() => control.abort(), ANSWER_MS);
  try {
    return (await fetch('/healthz', { cache: 'no-store', signal: control.signal })).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(patience);
  }
}

let ofThisPage: Carrier | undefined;

/** The page's one carrier; made at its first use. */
export function pageCarrier(): Carrier {
  ofThisPage ??= createCarrier({
    fast: WebSocket,
    polling: pollingSocket(),
    answers: serverAnswers,
    memory: sessionMemory(),
  });
  return ofThisPage;
}
