import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('./pinned-seeds.json', import.meta.url);

/** One round that can be played again: promise, variant, seed. Written as `R4/large/123`. */
export interface Pin {
  id: string;
  variant: string;
  seed: number;
}

export const pinOf = ({ id, variant, seed }: Pin): string => `${id}/${variant}/${seed}`;

/** Throws on what is no pin. */
export function readPin(text: string): Pin {
  const [, id, variant, seed] = /^(R\d+)\/([\w-]+)\/(\d+)$/.exec(text) ?? [];
  if (!id || !variant || !seed) throw new Error(`not a round: ${text} (R4/large/123 is one)`);
  return { id, variant, seed: Number(seed) };
}

/** The seed of the n-th round of a promise under a main seed. */
export function seedOf(main: number, id: string, round: number): number {
  return createHash('sha256').update(`${main}/${id}/${round}`).digest().readUInt32BE(0);
}

/** Rounds that once went wrong; they are always played first. */
export const pinned = (): Pin[] => (JSON.parse(readFileSync(FILE, 'utf8')) as string[]).map(readPin);

/** Remembers a round that went wrong, for the next run and for the commit that mends it. */
export function pin(round: Pin): void {
  const known = pinned().map(pinOf);
  if (known.includes(pinOf(round))) return;
  writeFileSync(FILE, `${JSON.stringify([...known, pinOf(round)], null, 2)}\n`);
}
