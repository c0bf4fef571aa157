import { useEffect, useRef, useState } from 'react';
import { rowMap } from '../../../shared/board.ts';
import { MAX_LINE, type ProblemRow, type ScalarField, type Scalars } from '../../../shared/problem.ts';
import { failureOf } from '../../lib/errors.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { failureText } from '../../../shared/labels.ts';
import { classes } from '../../ui/classes.ts';
import { useBoard } from './board-context.ts';
import styles from './cells.module.css';
import { CellFrame } from './CellFrame.tsx';
import { CellText } from './cell-text.ts';
import type { LeftOut } from './left-out.ts';
import { LineWords } from './line-words.ts';
import { boardWords } from './words.ts';

type LineField = { [F in ScalarField]: Scalars[F] extends string ? F : never }[ScalarField];
interface ShortProps {
  row: ProblemRow;
  field: LineField;
  label: string;
}

/** Writes a value; what does not fit is said beside the list. */
function useSet(row: ProblemRow, field: LineField): (value: string) => boolean {
  const { list, refuse } = useBoard();
  const language = useLanguage();
  return (value) => {
    try {
      list.set(row.rowId, field, value as Scalars[LineField]);
      return true;
    } catch (error) {
      refuse(failureText(failureOf(error), language));
      return false;
    }
  };
}

/** A line of text; each letter is in the document at once, like those of the long cells. */
export function LineCell({ row: { rowId }, field, label }: ShortProps & { field: 'units' | 'owner' }) {
  const words = useWords(boardWords);
  const { list, readOnly, refuse } = useBoard();
  const area = useRef<HTMLInputElement>(null);
  const map = rowMap(list.doc, rowId);
  const said = {
    refused: (size: number) => refuse(words.tooLongLine(size)),
    leftOut: (what: readonly LeftOut[]) => refuse(words.leftOut(what)),
  };
  const say = useRef(said);
  say.current = said;
  useEffect(() => {
    if (!map || !area.current) return;
    const set = (value: string) => {
      // Only a composed word, or two who write at once, can overstep.
      const fitting = [...value].slice(0, MAX_LINE).join('');
      if (fitting !== value) say.current.refused([...value].length);
      list.type(rowId, field, fitting);
    };
    const cell = new CellText({
      words: new LineWords({ map, field, set }),
      area: area.current,
      most: MAX_LINE,
      shown: () => undefined,
      refused: (size) => say.current.refused(size),
      leftOut: (what) => say.current.leftOut(what),
    });
    return () => cell.destroy();
  }, [map, list, rowId, field]);
  return (
    <CellFrame rowId={rowId} field={field}>
      <input
        ref={area}
        type="text"
        className={styles.short}
        aria-label={label}
        readOnly={readOnly || !map}
        autoComplete="off"
        spellCheck={false}
      />
    </CellFrame>
  );
}

/** While a year is typed it is one of the first thousand. */
const isTyped = (day: string): boolean => day === '' || day >= '1000';

/** A day; written as soon as it is one. */
export function DayCell({ row, field, label }: ShortProps) {
  const words = useWords(boardWords);
  const { readOnly, refuse } = useBoard();
  const set = useSet(row, field);
  const [typed, setTyped] = useState<string>();
  const [half, setHalf] = useState(false);
  const value = typed ?? row[field];
  return (
    <CellFrame rowId={row.rowId} field={field}>
      <input
        type="date"
        className={classes(styles.short, value === '' && styles.blank)}
        aria-label={label}
        aria-invalid={half || undefined}
        value={value}
        readOnly={readOnly}
        autoComplete="off"
        onChange={({ target }) => {
          setHalf(false);
          setTyped(isTyped(target.value) && set(target.value) ? undefined : target.value);
        }}
        onBlur={({ target }) => {
          const unfinished = target.validity.badInput || typed !== undefined;
          setHalf(unfinished);
          if (unfinished) refuse(words.halfDay);
        }}
      />
    </CellFrame>
  );
}

interface Choice {
  value: string;
  label: string;
}

/** One of a few; the browser's own list, which a phone shows as a wheel. */
export function ChoiceCell({
  row,
  field,
  label,
  choices,
  tone,
}: ShortProps & { choices: readonly Choice[]; tone?: string }) {
  const { readOnly } = useBoard();
  const set = useSet(row, field);
  const value = row[field];
  const known = choices.some((choice) => choice.value === value);
  return (
    <CellFrame rowId={row.rowId} field={field}>
      <select
        className={classes(styles.choice, value === '' && styles.blank, tone)}
        aria-label={label}
        value={value}
        disabled={readOnly}
        onChange={(event) => set(event.target.value)}
      >
        {!known && <option value={value}>{value === '' ? '' : '—'}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </CellFrame>
  );
}
