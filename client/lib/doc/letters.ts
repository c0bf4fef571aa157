import { MAX_UPDATE_BYTES } from '../../../shared/live-document.ts';
import { ticks } from '../clock.ts';

/** One or more own updates on their way to the server's disk. */
export interface Letter {
  update: Uint8Array;
  /** Its rows in the outbox; none until it is kept there. */
  keys: readonly number[];
  /** It is in the outbox, or the outbox is no longer waited for. */
  ready: boolean;
  /** Made while a composition was held: not late until it was let go. */
  held: boolean;
  /** The hold it was made under, 0 for none. Such letters go together: the later ones delete the pinyin of the earlier. */
  word: number;
  since: number;
  /** Its frame on the present socket. */
  frame: number | undefined;
}

export function letterOf(
  update: Uint8Array,
  { keys = [], ready = false, held = false, word = 0 }: Partial<Letter>,
): Letter {
  return { update, keys, ready, held, word, since: ticks(), frame: undefined };
}

/** The letters before the first that is not ready yet, without a part of a composed word. */
export function readyOf(letters: readonly Letter[]): readonly Letter[] {
  let end = letters.findIndex((letter) => !letter.ready);
  if (end < 0) return letters;
  const { word } = letters[end]!;
  while (word > 0 && letters[end - 1]?.word === word) end--;
  return letters.slice(0, end);
}

/** As many letters from the first on as go into one update. */
export function take(letters: readonly Letter[]): Letter[] {
  let bytes = 0;
  const count = letters.findIndex((letter) => {
    bytes += letter.update.byteLength;
    return bytes > MAX_UPDATE_BYTES;
  });
  return letters.slice(0, count < 0 ? letters.length : Math.max(1, count));
}
