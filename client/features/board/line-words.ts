import * as Y from 'yjs';
import type { CellWords } from './cell-words.ts';
import { changeBetween, type Delta, deltaOf, edited, Trail } from './text-change.ts';

interface Place {
  /** The row. */
  map: Y.Map<unknown>;
  field: string;
  /** Sets the column, as one's own change. */
  set(value: string): void;
}

/** One's own change: the item that brought it, and the value around it. */
interface Write {
  clock: number;
  before: string;
  after: string;
}

/** So many of one's own changes are remembered, in case somebody wrote without knowing them. */
const MEMORY = 500;

/**
 * The words of a short column. It is stored as one value of which the last written stands (decision 23), and is set at each letter. Of two
 * who write at once one loses: his page, which sees that, puts what he typed into what stands.
 */
export class LineWords implements CellWords {
  readonly #place: Place;
  #writes: Write[] = [];
  /** The last item that only puts back what is noted already. */
  #again = -1;
  #last: string;

  constructor(place: Place) {
    this.#place = place;
    this.#last = this.read();
  }

  read(): string {
    const value = this.#place.map.get(this.#place.field);
    return typeof value === 'string' ? value.replace(/[\0\r\n]/g, '') : '';
  }

  edit(runs: readonly { at: number; length: number }[], at: number, insert: string): void {
    this.#place.set(edited(this.read(), runs, at, insert));
  }

  heal(): void {
    // What cannot be shown goes with the next write.
  }

  observe(told: (delta: Delta) => void): () => void {
    const { map, field } = this.#place;
    const follow = (event: Y.YMapEvent<unknown>) => {
      if (!event.keysChanged.has(field)) return;
      const [before, now] = [this.#last, this.read()];
      this.#last = now;
      if (event.transaction.local) this.#note(before, now);
      const change = changeBetween(before, now);
      if (change) told(deltaOf(change));
      if (!event.transaction.local) this.#putBack(now);
    };
    this.#last = this.read();
    map.observe(follow);
    return () => map.unobserve(follow);
  }

  get #item(): Y.Item | undefined {
    return this.#place.map._map.get(this.#place.field);
  }

  #note(before: string, after: string): void {
    const clock = this.#item?.id.clock;
    if (clock !== undefined && clock !== this.#again)
      this.#writes = [...this.#writes.slice(1 - MEMORY), { clock, before, after }];
  }

  /** Writes again what one had written and whoever wrote last did not know. */
  #putBack(now: string): void {
    const { doc } = this.#place.map;
    const item = this.#item;
    // One's own still stands: the other's page sees the same and puts theirs back.
    if (!doc || !item || item.id.client === doc.clientID || this.#writes.length === 0) return;
    const known = knownOf(doc, item);
    const whole = this.#writes.filter(({ clock }) => clock > known).reduce(replayed, now);
    if (whole === now) return;
    this.#place.set(whole);
    this.#again = this.#item?.id.clock ?? -1;
  }
}

/** The text with the same change made in it, as near to where it was as can be told. */
function replayed(text: string, { before, after }: Write): string {
  const [mine, between] = [changeBetween(before, after), changeBetween(before, text)];
  if (!mine) return text;
  const trail = new Trail(before.length);
  if (between) trail.follow(deltaOf(between));
  const { at, runs } = trail.translate(mine);
  return edited(text, runs, at, mine.insert);
}

/** The clock of this page's last write that the item's writer had seen; -1 for none, Infinity when that is not kept any more. */
function knownOf(doc: Y.Doc, item: Y.Item): number {
  for (let { origin } = item; origin; ) {
    if (origin.client === doc.clientID) return origin.clock;
    const before = Y.getItem(doc.store, origin) as Y.Item | Y.GC;
    if (!(before instanceof Y.Item)) return Infinity;
    origin = before.origin;
  }
  return -1;
}
