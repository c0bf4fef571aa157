import { wellFormed } from './limits.ts';

/** Levels of nesting, an array in an array counted twice: MongoDB stops at 100. */
const MOST_DEEP = 90;

interface Walk {
  bytes: number;
  path: (string | number)[];
  depth: number;
  refuse(reason: string): Error;
}

/**
 * Copies a parsed value as plain JSON and weighs it: 24 bytes for each value, which cover whatever an engine adds to it, and its UTF-8
 * bytes. `given` is what the value was parsed from. Throws what `refusal` makes of a path and a reason, for keys that parsing dropped,
 * lone surrogates, numbers that are not finite, nesting beyond 90 levels, and whatever is no JSON.
 */
export function plainJson(
  value: unknown,
  given: unknown,
  refusal: (path: string, reason: string) => Error,
): { json: unknown; bytes: number } {
  const walk: Walk = {
    bytes: 0,
    path: [],
    depth: 0,
    refuse: (reason) => refusal(walk.path.join('.'), reason),
  };
  return { json: plain(walk, value, given), bytes: walk.bytes };
}

function plain(walk: Walk, value: unknown, given: unknown): unknown {
  walk.bytes += 24;
  if (typeof value === 'string') return text(walk, value);
  if (typeof value === 'number') return number(walk, value);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value !== 'object') throw walk.refuse(`no JSON: ${typeof value}`);
  if (walk.depth >= MOST_DEEP) throw walk.refuse('too deep');
  walk.depth++;
  const copy = Array.isArray(value) ? array(walk, value, given) : object(walk, value, given);
  walk.depth--;
  return copy;
}

function number(walk: Walk, value: number): number {
  if (!Number.isFinite(value)) throw walk.refuse('number.finite');
  return Object.is(value, -0) ? 0 : value;
}

function text(walk: Walk, value: string): string {
  if (!wellFormed(value)) throw walk.refuse('text.surrogate');
  walk.bytes += Buffer.byteLength(value);
  return value;
}

function array(walk: Walk, value: readonly unknown[], given: unknown): unknown[] {
  const from: readonly unknown[] = Array.isArray(given) ? given : [];
  return value.map((item, i) => {
    const inside = Array.isArray(item) ? 1 : 0;
    walk.path.push(i);
    walk.depth += inside;
    const copy = plain(walk, item, from[i]);
    walk.depth -= inside;
    walk.path.pop();
    return copy;
  });
}

function object(walk: Walk, value: object, given: unknown): Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw walk.refuse('no JSON: not a plain object');
  const from = (given ?? {}) as Record<string, unknown>;
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value) as [string, unknown][]) {
    if (item === undefined) continue;
    text(walk, key);
    walk.path.push(key);
    set(out, key, plain(walk, item, from[key]));
    walk.path.pop();
  }
  for (const key of Object.keys(from)) {
    if (from[key] === undefined || Object.hasOwn(out, key)) continue;
    walk.path.push(key);
    throw walk.refuse('unknown');
  }
  return out;
}

function set(out: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') out[key] = value;
  else Object.defineProperty(out, key, { value, enumerable: true, configurable: true, writable: true });
}
