import type { BoardSize } from '../../../shared/contract/board.ts';
import { MAX_DOCUMENT_BYTES } from '../../../shared/live-document.ts';
import { useWords } from '../../lib/words.ts';
import styles from './Office.module.css';
import { officeWords } from './words.ts';

const NEARLY_FULL = 0.8;
const KB = 1024;
const FULL_AT = `${MAX_DOCUMENT_BYTES / 1024 / 1024} MB`;

/** In the unit that reads best: `36 KB`, `1.2 MB`. What is there at all is at least 1 KB. */
export function inBytes(bytes: number): string {
  const kilo = Math.ceil(bytes / KB);
  return kilo < KB ? `${kilo} KB` : `${(bytes / KB / KB).toFixed(1)} MB`;
}

/** How large a unit's list and draft are; what is nearly full stands out. Nothing for a unit that has written nothing. */
export function BoardSizes({ size }: { size: BoardSize | undefined }) {
  const words = useWords(officeWords);
  if (!size) return null;
  const parts = [
    { name: words.listSize, bytes: size.list },
    { name: words.draftSize, bytes: size.draft },
  ].filter(({ bytes }) => bytes > 0);
  if (parts.length === 0) return null;
  const nearly = parts.some(({ bytes }) => bytes > MAX_DOCUMENT_BYTES * NEARLY_FULL);
  return (
    <>
      <small>{parts.map(({ name, bytes }) => name(inBytes(bytes))).join(words.sizeBetween)}</small>
      {nearly && <small className={styles.nearlyFull}>{words.nearlyFull(FULL_AT)}</small>}
    </>
  );
}
