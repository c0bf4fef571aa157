import { useEffect, useRef } from 'react';
import { textOf } from '../../../shared/board.ts';
import { MAX_CELL_TEXT, type TextField } from '../../../shared/problem.ts';
import { useWords } from '../../lib/words.ts';
import { GROWING_END, GrowingArea } from '../../ui/GrowingArea.tsx';
import { useBoard } from './board-context.ts';
import styles from './cells.module.css';
import { CellFrame } from './CellFrame.tsx';
import { CellText } from './cell-text.ts';
import { textWords } from './cell-words.ts';
import type { LeftOut } from './left-out.ts';
import { boardWords } from './words.ts';

interface LongCellProps {
  rowId: string;
  field: TextField;
  /** Name for readers. */
  label: string;
  hint: string;
}

/** A long column of a row, written by several people at once. It grows with its text. */
export function LongCell({ rowId, field, label, hint }: LongCellProps) {
  const words = useWords(boardWords);
  const { list, readOnly, refuse } = useBoard();
  const area = useRef<HTMLTextAreaElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const text = textOf(list.doc, rowId, field);
  const said = {
    refused: (size: number) => refuse(words.tooLongCell(size)),
    leftOut: (what: readonly LeftOut[]) => refuse(words.leftOut(what)),
  };
  const say = useRef(said);
  say.current = said;
  useEffect(() => {
    if (!text || !area.current) return;
    const cell = new CellText({
      words: textWords(text, list.origin),
      area: area.current,
      most: MAX_CELL_TEXT,
      shown: (value) => {
        if (mirror.current) mirror.current.textContent = `${value}${GROWING_END}`;
      },
      refused: (size) => say.current.refused(size),
      leftOut: (what) => say.current.leftOut(what),
    });
    return () => cell.destroy();
  }, [text, list]);
  return (
    <CellFrame rowId={rowId} field={field}>
      <GrowingArea
        ref={area}
        mirror={mirror}
        fill
        className={styles.long}
        aria-label={label}
        placeholder={readOnly ? '' : hint}
        readOnly={readOnly || !text}
        title={readOnly ? undefined : words.keys}
        spellCheck={false}
        autoComplete="off"
      />
    </CellFrame>
  );
}
