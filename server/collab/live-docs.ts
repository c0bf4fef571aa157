import { LiveDoc, type Shared } from './live-doc.ts';

const LINGER_MS = 10_000;
const MAX_SIZES = 10_000;

interface Place {
  live: Promise<LiveDoc>;
  users: number;
  linger: NodeJS.Timeout | undefined;
}

/** The documents in memory. Two arrivals share one load; a failed load is not kept; what nobody uses lingers and goes. */
export class LiveDocs {
  readonly #places = new Map<string, Place>();
  readonly #placeOf = new WeakMap<LiveDoc, Place>();
  /** Bytes of documents that are not open; nobody changes them without opening them. */
  readonly #sizes = new Map<string, number>();
  readonly #shared: Shared;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  get size(): number {
    return this.#places.size;
  }

  /** The document, loaded. Each use is followed by one `release`. Throws what the load throws, and keeps nothing then. */
  async use(name: string): Promise<LiveDoc> {
    const place = this.#places.get(name) ?? this.#open(name);
    clearTimeout(place.linger);
    place.users++;
    const live = await place.live;
    if (!live.broken) return live;
    this.#forget(name, place);
    return this.use(name);
  }

  /** Bytes of it, without taking it into the memory. Throws what the store throws. */
  async sizeOf(name: string): Promise<number> {
    const open = this.#places.get(name);
    if (open) return (await open.live).bytes;
    const known = this.#sizes.get(name);
    if (known !== undefined) return known;
    const bytes = await this.#shared.journal.sizeOf(name);
    if (!this.#places.has(name)) this.#remember(name, bytes);
    return bytes;
  }

  release(live: LiveDoc): void {
    const place = this.#placeOf.get(live);
    if (!place) return;
    place.users--;
    if (place.users === 0) this.#linger(live, place);
  }

  /** Resolves when everything collected so far is durable. */
  async flushed(): Promise<void> {
    const loads = await Promise.allSettled([...this.#places.values()].map((place) => place.live));
    await Promise.all(loads.map(async (load) => load.status === 'fulfilled' && load.value.flushed()));
  }

  /** What was deleted has left the stored rows of each; one after the other, as far as the time goes. */
  async cleaned(ms: number): Promise<void> {
    let over: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      over = setTimeout(() => resolve('late'), ms);
    });
    for (const { live } of [...this.#places.values()]) {
      const done = live.then(
        (loaded) => loaded.cleaned(),
        () => undefined,
      );
      if ((await Promise.race([done, late])) === 'late') break;
    }
    clearTimeout(over);
  }

  /** What is not durable, by document. */
  async unstored(): Promise<{ doc: string; updates: number }[]> {
    const loading = Symbol();
    const lives = await Promise.all(
      [...this.#places.values()].map((place) =>
        Promise.race([place.live, Promise.resolve(loading)]).catch(() => loading),
      ),
    );
    return lives
      .filter((live) => live instanceof LiveDoc)
      .filter((live) => live.unstored > 0)
      .map((live) => ({ doc: live.name, updates: live.unstored }));
  }

  /** Frees everything at once; call when nothing more is to be flushed. */
  async close(): Promise<void> {
    const places = [...this.#places.values()];
    this.#places.clear();
    for (const place of places) {
      clearTimeout(place.linger);
      await place.live.then(
        (live) => live.drop(),
        () => undefined,
      );
    }
  }

  #open(name: string): Place {
    this.#sizes.delete(name);
    const place: Place = { live: this.#load(name), users: 0, linger: undefined };
    this.#places.set(name, place);
    void place.live.then(
      (live) => this.#placeOf.set(live, place),
      () => this.#forget(name, place),
    );
    return place;
  }

  async #load(name: string): Promise<LiveDoc> {
    return new LiveDoc(name, await this.#shared.journal.load(name), this.#shared);
  }

  #remember(name: string, bytes: number): void {
    if (this.#sizes.size >= MAX_SIZES) this.#sizes.clear();
    this.#sizes.set(name, bytes);
  }

  #forget(name: string, place: Place): void {
    if (this.#places.get(name) === place) this.#places.delete(name);
  }

  #linger(live: LiveDoc, place: Place): void {
    clearTimeout(place.linger);
    place.linger = setTimeout(() => void this.#dropIfUnused(live, place), LINGER_MS);
  }

  async #dropIfUnused(live: LiveDoc, place: Place): Promise<void> {
    await live.flushed();
    if (place.users > 0) return;
    await live.cleaned();
    if (place.users > 0) return;
    if (!live.idle) return this.#linger(live, place);
    this.#forget(live.name, place);
    this.#remember(live.name, live.bytes);
    live.drop();
  }
}
