import { Manager } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { reconnectDelay, spreadReconnects } from '../../client/lib/doc/spread-reconnects.ts';
import { about, LIVE_RECONNECT } from '../../client/lib/live-reconnect.ts';
import { seeded } from '../support/seeded.ts';

const SEED = 20261122;
const CLIENTS = 2_000;
const sorted = (times: number[]): number[] => times.toSorted((a, b) => a - b);
const part = (times: number[], of: number): number => sorted(times)[Math.floor((times.length - 1) * of)]!;
/** The most that come back within any tenth of a second. */
const crowd = (times: number[]): number =>
  Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 100).length));

describe('2,000 documents that lose their server at once', () => {
  const first = (random: () => number): number[] =>
    Array.from({ length: CLIENTS }, () => reconnectDelay(0, random));

  it(`come back spread over a second (seed ${SEED})`, () => {
    const times = first(seeded(SEED));
    expect(part(times, 0)).toBeLessThan(20);
    expect(part(times, 1)).toBeLessThanOrEqual(1_000);
    expect(Math.abs(part(times, 0.5) - 500)).toBeLessThan(50);
    // 200 is what an even spread has.
    expect(crowd(times)).toBeLessThan(260);
  });

  it(`are all back within 3 s of it, half of them within 1 s, whenever that is (seed ${SEED})`, () => {
    const random = seeded(SEED);
    for (const away of [500, 2_000, 7_000, 60_000]) {
      const late = Array.from({ length: CLIENTS }, () => {
        let now = 0;
        for (let failures = 0; now < away; failures++) now += reconnectDelay(failures, random);
        return now - away;
      });
      expect(part(late, 0.5)).toBeLessThan(1_000);
      expect(part(late, 1)).toBeLessThanOrEqual(2_000);
      expect(crowd(late)).toBeLessThan(500);
    }
  });
});

describe('a document', () => {
  let now: number;
  /** When a socket was made, in ms from the start. */
  let tries: number[];
  let sockets: FakeWebSocket[];

  class FakeWebSocket extends EventTarget {
    readyState = 0;
    onopen: (() => void) | null = null;
    onclose: ((event: object) => void) | null = null;
    constructor() {
      super();
      tries.push(Date.now() - now);
      sockets.push(this);
    }
    send(): void {}
    close(): void {}
  }
  beforeEach(() => {
    vi.useFakeTimers();
    now = Date.now();
    tries = [];
    sockets = [];
  });
  afterEach(() => vi.useRealTimers());

  function open(random: () => number): WebsocketProvider {
    const provider = new WebsocketProvider('ws://host', 'list.a', new Y.Doc(), {
      WebSocketPolyfill: FakeWebSocket as unknown as typeof WebSocket,
      disableBc: true,
    });
    spreadReconnects(provider, random);
    return provider;
  }
  function arrive(provider: WebsocketProvider): void {
    sockets.at(-1)!.onopen?.();
    provider.synced = true;
  }
  const lose = (): void => sockets.at(-1)!.onclose?.({ code: 1006 });

  it('tries again after exactly the time that chance gave it, in y-websocket itself', () => {
    const chances = [0.25, 0.5, 0, 0.999];
    const provider = open(() => chances.shift()!);
    arrive(provider);
    lose();
    // 0.25 of 1 s
    vi.advanceTimersByTime(249);
    expect(tries).toEqual([0]);
    vi.advanceTimersByTime(1);
    expect(tries).toEqual([0, 250]);
    lose();
    // half of 1 s and half of the other half
    vi.advanceTimersByTime(750);
    expect(tries).toEqual([0, 250, 1_000]);
    lose();
    // half of 2 s
    vi.advanceTimersByTime(1_000);
    expect(tries).toEqual([0, 250, 1_000, 2_000]);
    lose();
    // not longer than 2 s, however often it fails
    vi.advanceTimersByTime(2_000);
    expect(tries).toHaveLength(5);
    provider.destroy();
  });

  it('begins anew once it was synced', () => {
    const provider = open(() => 0.9);
    arrive(provider);
    for (let i = 0; i < 4; i++) {
      lose();
      vi.advanceTimersByTime(2_000);
    }
    arrive(provider);
    const before = Date.now() - now;
    lose();
    vi.advanceTimersByTime(2_000);
    expect(tries.at(-1)! - before).toBe(900);
    provider.destroy();
  });

  it('that was woken begins anew too', () => {
    const provider = open(() => 0.5);
    lose();
    vi.advanceTimersByTime(500);
    lose();
    vi.advanceTimersByTime(750);
    // as wake.ts does it
    provider.wsUnsuccessfulReconnects = 0;
    const before = Date.now() - now;
    lose();
    vi.advanceTimersByTime(2_000);
    expect(tries.at(-1)! - before).toBe(500);
    provider.destroy();
  });
});

describe('2,000 live lines that lose their server at once', () => {
  afterEach(() => vi.restoreAllMocks());

  /** How long Socket.IO itself would wait before each of its tries. */
  function waits(tries: number): number[] {
    const manager = new Manager('http://host', { autoConnect: false, ...LIVE_RECONNECT });
    const { backoff } = manager as unknown as { backoff: { duration(): number } };
    return Array.from({ length: tries }, () => backoff.duration());
  }

  it(`come back spread over a second, and later by at most 2.5 s (seed ${SEED})`, () => {
    const random = seeded(SEED);
    vi.spyOn(Math, 'random').mockImplementation(random);
    const all = Array.from({ length: CLIENTS }, () => waits(5));
    const first = all.map(([wait]) => wait!);
    // Socket.IO's way of taking chances leaves out the first 50 ms.
    expect(part(first, 0)).toBeLessThan(70);
    expect(part(first, 1)).toBeLessThanOrEqual(1_000);
    expect(Math.abs(part(first, 0.5) - 500)).toBeLessThan(50);
    expect(crowd(first)).toBeLessThan(260);
    expect(Math.max(...all.flat())).toBe(2_500);
  });

  it('that were refused ask again at different times', () => {
    expect([about(500, () => 0), about(500, () => 0.5), about(500, () => 1)]).toEqual([250, 500, 750]);
  });
});
