import { useEffect, useRef } from 'react';
import { textOf } from '../../../shared/board.ts';
import type { TextField } from '../../../shared/problem.ts';
import { useWords } from '../../lib/words.ts';
import { GROWING_END, GrowingArea } from '../../ui/GrowingArea.tsx';
import { useBoard } from './board-context.ts';
import styles from './cells.module.css';
import { CellFrame } from './CellFrame.tsx';
import { CellText } from './cell-text.ts';
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
  const said = useRef((_size: number) => undefined as void);
  said.current = (size) => refuse(words.tooLongCell(size));
  useEffect(() => {
    if (!text || !area.current) return;
    const cell = new CellText({
      text,
      area: area.current,
      origin: list.origin,
      shown: (value) => {
        if (mirror.current) mirror.current.textContent = `${value}${GROWING_END}`;
      },
      refused: (size) => said.current(size),
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
