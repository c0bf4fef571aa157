import { io, type Socket } from 'socket.io-client';
import type { InputOf, OutputOf, ProcedureName } from '../../shared/contract/index.ts';
import type { LiveEvents } from '../../shared/contract/events.ts';
import { AppError, type Failure } from '../../shared/errors.ts';
import { LINE_REPLACED } from '../../shared/live-line.ts';
import { PROTOCOL_VERSION } from '../../shared/version.ts';
import { call as overHttp } from './api.ts';
import { reloadOnce } from './errors.ts';
import { about, LIVE_RECONNECT } from './live-reconnect.ts';
import { onSight, UNSEEN, unseen } from './sight.ts';

/**
 * `connecting`: the first try is under way; `down`: a try has failed or the line broke, and is tried again for ever. `elsewhere`: this
 * person has more pages than the server keeps, and this one was the oldest; it asks over HTTP until somebody continues here.
 * `resting`: nobody sees the page and there are no WebSockets here; it has given its held line up and asks over HTTP.
 */
export type Link = 'connecting' | 'connected' | 'down' | 'elsewhere' | 'resting';
export type LiveName = Extract<ProcedureName, `session.${string}`>;

export interface Live {
  link(): Link;
  /**
   * Asks over the socket; when there is none, or it stays silent, over HTTP with the same input (commands carry an id
   * of their own, so that a repeat has the effect of once). Throws AppError.
   */
  call<N extends LiveName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  on<E extends keyof LiveEvents>(event: E, listener: (payload: LiveEvents[E]) => void): () => void;
  onLink(listener: (link: Link) => void): () => void;
  /** Tries at once: the page is back in front, the network is back, or the line is known to be dead. */
  wake(): void;
  /** Gives up the line that is there and makes a new one: the device has lost its network. */
  drop(): void;
  /** Comes back as whoever the device is now: after joining or signing in. */
  renew(): void;
}

type Answer = { ok: true; value: unknown } | { ok: false; error: Failure };

const SILENCE_MS = 8_000;
const REFUSED_AGAIN_MS = 5_000;

function toError({ code, reason, ...more }: Failure): AppError {
  return new AppError(code, reason, more);
}

function openSocket(): Socket {
  return io({
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    timeout: 6_000,
    ...LIVE_RECONNECT,
    auth: { protocol: PROTOCOL_VERSION },
    query: { protocol: String(PROTOCOL_VERSION) },
  });
}

export function createLive(socket: Socket = openSocket(), http: typeof overHttp = overHttp): Live {
  let link: Link = 'connecting';
  const watchers = new Set<(link: Link) => void>();
  const become = (next: Link): void => {
    if (next === link) return;
    link = next;
    for (const watcher of watchers) watcher(next);
  };
  const start = (): void => {
    if (!socket.active && link !== 'elsewhere' && link !== 'resting') socket.connect();
  };
  const wake = (): void => {
    socket.disconnect().connect();
  };

  let quiet: ReturnType<typeof setTimeout> | undefined;
  const rest = (): void => {
    if (!unseen() || !socket.connected || socket.io.engine.transport.name !== 'polling') return;
    become('resting');
    socket.disconnect();
  };
  const heedSight = (): void => {
    clearTimeout(quiet);
    // A better carrier may be on its way, and who only looks elsewhere comes back.
    if (unseen()) quiet = setTimeout(rest, UNSEEN.quietMs);
    else if (link === 'resting') {
      become('connecting');
      socket.connect();
    }
  };
  onSight(heedSight);

  socket.on('connect', () => {
    become('connected');
    heedSight();
  });
  socket.on(LINE_REPLACED, () => become('elsewhere'));
  socket.on('disconnect', (why) => {
    if (link === 'elsewhere' || link === 'resting') return;
    become('down');
    // The server let go of us on purpose (it moves, or checks us again): Socket.IO itself stays away then.
    if (why === 'io server disconnect') setTimeout(start, 300 + Math.random() * 700);
  });
  socket.on('connect_error', (error: Error & { data?: Failure }) => {
    become('down');
    if (error.data?.code === 'OUTDATED') reloadOnce();
    // A firewall that swallows WebSocket frames never says no: let long-polling go first from now on.
    else if (error.message === 'timeout') socket.io.opts.transports = ['polling', 'websocket'];
    if (!socket.active) setTimeout(start, about(REFUSED_AGAIN_MS));
  });

  async function ask(name: LiveName, input: unknown): Promise<Answer | undefined> {
    try {
      return (await socket.timeout(SILENCE_MS).emitWithAck(name, input)) as Answer;
    } catch {
      if (socket.connected) wake();
      return undefined;
    }
  }

  return {
    link: () => link,
    async call(name, input) {
      start();
      const answer = socket.connected ? await ask(name, input) : undefined;
      if (answer?.ok === false) {
        if (answer.error.code === 'OUTDATED') reloadOnce();
        throw toError(answer.error);
      }
      return answer ? (answer.value as never) : http(name, input);
    },
    on(event, listener) {
      start();
      socket.on(event as string, listener);
      return () => socket.off(event as string, listener);
    },
    onLink(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    wake: () => {
      if (!socket.connected && link !== 'elsewhere' && link !== 'resting') wake();
    },
    drop: () => {
      if (link !== 'elsewhere' && link !== 'resting') wake();
    },
    renew: () => {
      link = 'connecting';
      wake();
    },
  };
}

/** The page's one line to the server; connects at its first use. */
export const live: Live = createLive();

// Phones cut the line of a page in the background and tell nobody: try at once when it comes back.
const back = (): void => {
  if (document.visibilityState === 'visible' && live.link() === 'down') live.wake();
};
if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', back);
  addEventListener('pageshow', back);
  addEventListener('online', back);
  // What is under way need not wait for its silence to grow long.
  addEventListener('offline', () => live.drop());
}
