import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Socket } from 'socket.io-client';
import { pollingSocket } from '../../client/lib/doc/polling-socket.ts';
import { createLive, type Link } from '../../client/lib/live.ts';
import { UNSEEN } from '../../client/lib/sight.ts';
import { CARRIER } from '../../shared/live-document.ts';

/** A page's sight in the hand of the test. */
class FakeDocument extends EventTarget {
  visibilityState: 'visible' | 'hidden' = 'visible';
  show(state: 'visible' | 'hidden'): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

/** The part of a Socket.IO socket that our lines use, on no network. */
class FakeLine {
  active = false;
  connected = false;
  readonly emitted: unknown[][] = [];
  readonly io = { engine: { transport: { name: 'polling' } }, opts: {} };
  readonly #on = new Map<string, ((...told: unknown[]) => void)[]>();
  on(event: string, then: (...told: unknown[]) => void): this {
    this.#on.set(event, [...(this.#on.get(event) ?? []), then]);
    return this;
  }
  tell(event: string, ...told: unknown[]): void {
    for (const then of this.#on.get(event) ?? []) then(...told);
  }
  emit(...what: unknown[]): this {
    this.emitted.push(what);
    return this;
  }
  connect(): this {
    this.active = true;
    return this;
  }
  stand(): void {
    this.connected = true;
    this.tell('connect');
  }
  disconnect(): this {
    const was = this.connected;
    this.active = this.connected = false;
    if (was) this.tell('disconnect', 'io client disconnect');
    return this;
  }
}

let page: FakeDocument;
beforeEach(() => {
  vi.useFakeTimers();
  page = new FakeDocument();
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the room’s line of a page that nobody sees', () => {
  function opened() {
    const line = new FakeLine();
    const live = createLive(line as unknown as Socket, (async () => 'over http') as never);
    const links: Link[] = [];
    live.onLink((link) => links.push(link));
    live.on('entry:appended', () => undefined);
    line.stand();
    return { line, live, links };
  }

  it('is given up when it is long-polling, asks over HTTP, and comes back with the page', async () => {
    const { line, live, links } = opened();
    page.show('hidden');
    vi.advanceTimersByTime(UNSEEN.quietMs);
    expect(line.active).toBe(false);
    expect(live.link()).toBe('resting');
    await live.call('session.entries', { sessionId: 's', after: 0, limit: 1 });
    live.wake();
    expect(line.active).toBe(false);
    page.show('visible');
    expect(line.active).toBe(true);
    line.stand();
    expect(links).toEqual(['connected', 'resting', 'connecting', 'connected']);
  });

  it('stays when it is a WebSocket, and when somebody only looked elsewhere', () => {
    const { line, live } = opened();
    page.show('hidden');
    vi.advanceTimersByTime(UNSEEN.quietMs - 1);
    page.show('visible');
    vi.advanceTimersByTime(UNSEEN.quietMs);
    expect(live.link()).toBe('connected');
    line.io.engine.transport.name = 'websocket';
    page.show('hidden');
    vi.advanceTimersByTime(UNSEEN.askMs);
    expect(live.link()).toBe('connected');
  });
});

describe('a document’s line over long-polling of a page that nobody sees', () => {
  it('ends when it has been quiet, is begun again to ask from time to time, and at once with the page', () => {
    const lines: FakeLine[] = [];
    const Polling = pollingSocket(() => {
      const line = new FakeLine();
      lines.push(line);
      return line as unknown as Socket;
    });
    let ends = 0;
    const open = () => {
      const socket = new Polling('ws://board.test/collab/list.a?v=1');
      socket.onclose = () => ends++;
      return socket;
    };
    open();
    expect(lines[0]!.active).toBe(true);
    lines[0]!.stand();
    page.show('hidden');
    vi.advanceTimersByTime(UNSEEN.quietMs - 1);
    lines[0]!.tell(CARRIER.frame, 1, new Uint8Array());
    vi.advanceTimersByTime(UNSEEN.quietMs - 1);
    expect(lines[0]!.connected).toBe(true);
    vi.advanceTimersByTime(UNSEEN.quietMs);
    expect(lines[0]!.connected).toBe(false);
    return vi
      .waitFor(() => expect(ends).toBe(1))
      .then(() => {
        open();
        expect(lines[1]!.active).toBe(false);
        vi.advanceTimersByTime(UNSEEN.askMs);
        expect(lines[1]!.active).toBe(true);
        lines[1]!.stand();
        vi.advanceTimersByTime(UNSEEN.quietMs + 100);
        expect(lines[1]!.connected).toBe(false);
        open();
        page.show('visible');
        expect(lines[2]!.active).toBe(true);
      });
  });
});
