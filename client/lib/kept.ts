import { useSyncExternalStore } from 'react';
import { newId } from '../../shared/ids.ts';
import { serverNow } from './clock.ts';
import { keysOf, parse, put, type Store, storeOf } from './kept-store.ts';
import { askToStay } from './stay.ts';

/**
 * Words that are being typed outlive their field, a reload and the tab. `sessionStorage` holds this tab's own copy, `localStorage` one
 * row a tab, so that two tabs do not write over each other and a tab that died leaves its words to the next one. Without a store
 * they live as long as the page, which then asks before it goes.
 */
export interface Kept<T> {
  /** What is written here and neither stored nor thrown away. The same object until it changes. */
  read(): T | undefined;
  /** Undefined: nothing is written here any more. */
  write(value: T | undefined): void;
  /** The words are stored: gone here and in each other tab that shows the same ones. */
  done(): void;
  subscribe(listener: () => void): () => void;
}

/** One tab's words at one place. `done`: they are stored; kept for a day, so that other tabs learn of it. */
interface Row {
  value?: unknown;
  at: number;
  done?: true;
}
interface Own {
  id: string;
  value?: unknown;
  at?: number;
}

const KEY = 'poli.kept.';
const OLD_MS = 30 * 86_400_000;
const DONE_MS = 86_400_000;

const textOf = (value: unknown): string => JSON.stringify(value) ?? '';
const isOwn = (row: unknown): boolean =>
  typeof row === 'object' && row !== null && 'id' in row && 'at' in row;

/** Whether everything of `part` stands in `whole` too. */
function covers(whole: unknown, part: unknown): boolean {
  if (typeof whole === 'string' && typeof part === 'string') return whole.includes(part);
  if (!part || !whole || typeof part !== 'object' || typeof whole !== 'object')
    return textOf(part) === textOf(whole);
  return Object.entries(part).every(([key, value]) => covers((whole as Record<string, unknown>)[key], value));
}

/** The words of all places, over this tab's and this device's store. */
export class KeptWords {
  readonly #tab: Store | undefined;
  readonly #device: Store | undefined;
  readonly #places = new Map<string, Place>();
  /** Who used this tab last; undefined before anybody is known. */
  #whose: string | undefined;
  /** Places whose words no store has taken. */
  readonly unsafe = new Set<string>();

  constructor(tab: Store | undefined, device: Store | undefined) {
    this.#tab = tab;
    this.#device = device;
  }

  /** `personId` '': nobody in particular; such words stay in this tab. */
  at(personId: string, name: string): Kept<unknown> {
    const place = `${personId}.${name}`;
    let words = this.#places.get(place);
    if (!words) {
      const device = personId === '' ? undefined : this.#device;
      words = new Place(`${KEY}${place}`, this.#tab, device, (safe) =>
        safe ? this.unsafe.delete(place) : this.unsafe.add(place),
      );
      this.#places.set(place, words);
      const old = personId === '' ? undefined : this.#takeOld(name);
      if (old !== undefined && words.read() === undefined) words.write(old);
    }
    return words;
  }

  /** What a page of an older program put aside before it was loaded anew. */
  #takeOld(name: string): unknown {
    const key = KEY + name.replace(/^form\./, '');
    const old = parse(this.#tab?.getItem(key) ?? null);
    if (old !== undefined) this.#tab?.removeItem(key);
    return old;
  }

  /** What this tab has at this place, whoever wrote it: for who has just lost the right to be here. */
  ofThisTab(name: string): unknown {
    for (const key of keysOf(this.#tab, KEY))
      if (key.endsWith(`.${name}`)) return parse<Own>(this.#tab!.getItem(key))?.value;
    return undefined;
  }

  /** Somebody else uses this tab now: what others wrote in it is not theirs. It stays on the device for those who wrote it. */
  leaveTo(personId: string): void {
    const mine = `${personId}.`;
    // An older program's rows say not whose they are: of whoever is here when the page is loaded anew.
    const same = this.#whose === undefined || this.#whose === personId;
    this.#whose = personId;
    for (const key of keysOf(this.#tab, KEY)) {
      const old = same && !isOwn(parse(this.#tab!.getItem(key)));
      if (!old && !key.startsWith(KEY + mine)) this.#tab!.removeItem(key);
    }
    for (const places of [this.#places, this.unsafe])
      for (const place of [...places.keys()]) if (!place.startsWith(mine)) places.delete(place);
  }

  /** Somebody leaves this device for good, knowing that what was not sent is lost: none of it stays for who uses it next. */
  forget(personId: string): void {
    const theirs = `${personId}.`;
    for (const store of [this.#tab, this.#device])
      for (const key of keysOf(store, KEY + theirs)) store!.removeItem(key);
    for (const places of [this.#places, this.unsafe])
      for (const place of [...places.keys()]) if (place.startsWith(theirs)) places.delete(place);
  }

  /** Another tab has written, or this page was away. */
  look(): void {
    for (const place of this.#places.values()) place.look();
  }

  /** Old rows go. Asked once the server's time is known: a device with a dead battery knows no date. */
  sweep(now: number): void {
    for (const key of keysOf(this.#device, KEY)) {
      const row = parse<Row>(this.#device!.getItem(key));
      const age = now - (row?.at ?? 0);
      if (age > (row?.done ? DONE_MS : OLD_MS)) this.#device!.removeItem(key);
    }
  }
}

class Place implements Kept<unknown> {
  readonly #key: string;
  readonly #tab: Store | undefined;
  readonly #device: Store | undefined;
  readonly #safe: (safe: boolean) => void;
  readonly #listeners = new Set<() => void>();
  #id: string;
  #value: unknown;
  /** When it was written. */
  #at: number;

  constructor(key: string, tab: Store | undefined, device: Store | undefined, safe: (safe: boolean) => void) {
    this.#key = key;
    this.#tab = tab;
    this.#device = device;
    this.#safe = safe;
    const own = parse<Own>(tab?.getItem(key) ?? null) ?? this.#orphan();
    this.#id = own?.id ?? newId();
    this.#value = own?.value;
    this.#at = own?.at ?? serverNow();
    if (own) this.look();
  }

  read = (): unknown => this.#value;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  write(value: unknown): void {
    this.#value = value;
    this.#at = serverNow();
    this.#save();
    this.#tell();
  }

  done(): void {
    const row: Row = { value: this.#value, at: serverNow(), done: true };
    if (this.#value !== undefined) put(this.#device, this.#row(), row);
    this.#id = newId();
    this.#value = undefined;
    put(this.#tab, this.#key, this.#own());
    this.#safe(true);
    this.#tell();
  }

  /** Another tab began with these words: it stored them, or it has gone its own way and so do we. */
  look(): void {
    if (this.#value === undefined || !this.#device) return;
    const row = parse<Row>(this.#device.getItem(this.#row()));
    if (row && !row.done && textOf(row.value) === textOf(this.#value)) return;
    const stored = row?.done && covers(row.value, this.#value);
    this.#id = newId();
    if (stored) this.#value = undefined;
    this.#save();
    if (stored) this.#tell();
  }

  #row(): string {
    return `${this.#key}.${this.#id}`;
  }

  #own(): Own {
    return { id: this.#id, value: this.#value, at: this.#at };
  }

  #save(): void {
    const here = put(this.#tab, this.#key, this.#own());
    const row: Row = { value: this.#value, at: this.#at };
    const there = put(this.#device, this.#row(), this.#value === undefined ? undefined : row);
    this.#safe(here || there || this.#value === undefined);
  }

  /** The last that was written here by a tab that is no more, or by one that is still open. */
  #orphan(): Own | undefined {
    let last: (Own & Row) | undefined;
    for (const key of keysOf(this.#device, `${this.#key}.`)) {
      const row = parse<Row>(this.#device!.getItem(key));
      const id = key.slice(this.#key.length + 1);
      if (row?.value === undefined || row.done || id.includes('.')) continue;
      if (!last || row.at >= last.at) last = { ...row, id };
    }
    return last;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The page's kept words. */
export const keptWords = new KeptWords(storeOf('sessionStorage'), storeOf('localStorage'));

if (typeof document !== 'undefined') {
  const look = (): void => keptWords.look();
  addEventListener('storage', look);
  addEventListener('pageshow', look);
  addEventListener('beforeunload', (event) => {
    if (keptWords.unsafe.size > 0) askToStay(event);
  });
}

/** The words kept under this name for this person, and their store. */
export function useKept<T>(personId: string, name: string): [T | undefined, Kept<T>] {
  const kept = keptWords.at(personId, name) as Kept<T>;
  return [useSyncExternalStore(kept.subscribe, kept.read), kept];
}
