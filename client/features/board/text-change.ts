/** At `at`, `remove` UTF-16 units make way for `insert`. */
export interface TextChange {
  at: number;
  remove: number;
  insert: string;
}

const splitsPair = (text: string, at: number): boolean =>
  at > 0 && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));

/**
 * What turned `before` into `after`, never cutting a character outside the BMP in two (Yjs would make two broken ones of it).
 * `caret` is where the caret stands in `after`: among equal letters it tells which of them is the new one.
 */
export function changeBetween(before: string, after: string, caret = after.length): TextChange | undefined {
  if (before === after) return undefined;
  const tail = after.slice(caret);
  let end = before.endsWith(tail) ? tail.length : 0;
  const least = Math.min(before.length, after.length);
  if (end === 0) while (end < least && before.at(-1 - end) === after.at(-1 - end)) end++;
  let at = 0;
  while (at < least - end && before[at] === after[at]) at++;
  if (splitsPair(before, at) || splitsPair(after, at)) at--;
  if (splitsPair(before, before.length - end) || splitsPair(after, after.length - end)) end--;
  return { at, remove: before.length - end - at, insert: after.slice(at, after.length - end) };
}

export type Delta = readonly { retain?: number | undefined; insert?: unknown; delete?: number | undefined }[];
const lengthOf = (insert: unknown): number => (typeof insert === 'string' ? insert.length : 1);

export const deltaOf = ({ at, remove, insert }: TextChange): Delta => [
  { retain: at },
  { insert },
  { delete: remove },
];

/** The text without the runs, which lie behind `at` in rising order, and with `insert` at `at`. */
export function edited(
  text: string,
  runs: readonly { at: number; length: number }[],
  at: number,
  insert: string,
): string {
  let rest = text;
  for (const run of [...runs].reverse()) rest = rest.slice(0, run.at) + rest.slice(run.at + run.length);
  return rest.slice(0, at) + insert + rest.slice(at);
}

/** Where a caret at `index` stands after the change; text inserted right at the caret goes behind it. */
export function caretAfter(delta: Delta, index: number): number {
  let seen = 0;
  let shift = 0;
  for (const { retain, insert, delete: removed } of delta) {
    if (seen >= index) break;
    if (retain !== undefined) seen += retain;
    else if (insert !== undefined) shift += lengthOf(insert);
    else if (removed !== undefined) {
      shift -= Math.min(removed, index - seen);
      seen += removed;
    }
  }
  return Math.max(0, index + shift);
}

/** Follows the characters of a text through the changes of others: which of the present ones stood where at the start. */
export class Trail {
  #now: number[];

  constructor(length: number) {
    this.#now = Array.from({ length }, (_, i) => i);
  }

  follow(delta: Delta): void {
    let at = 0;
    for (const { retain, insert, delete: removed } of delta) {
      if (retain !== undefined) at += retain;
      else if (insert !== undefined) {
        const added = new Array<number>(lengthOf(insert)).fill(-1);
        this.#now = [...this.#now.slice(0, at), ...added, ...this.#now.slice(at)];
        at += added.length;
      } else if (removed !== undefined) this.#now.splice(at, removed);
    }
  }

  /**
   * A change of the text as it was, for the text as it is: which runs of present characters to remove (those it meant, as
   * far as they are still there; what others put between them stays) and where to insert. All runs lie behind `at`.
   */
  translate({ at, remove }: TextChange): { at: number; runs: { at: number; length: number }[] } {
    const runs: { at: number; length: number }[] = [];
    for (const [i, was] of this.#now.entries()) {
      if (was < at || was >= at + remove) continue;
      const last = runs.at(-1);
      if (last && last.at + last.length === i) last.length++;
      else runs.push({ at: i, length: 1 });
    }
    const before = this.#now.findLastIndex((was) => was >= 0 && was < at);
    const after = this.#now.findIndex((was) => was >= at);
    if (before >= 0) return { at: before + 1, runs };
    return { at: after < 0 ? this.#now.length : after, runs };
  }
}
