import { useEffect, useRef, useState } from 'react';
import type { ProblemRow, ScalarField, Scalars } from '../../../shared/problem.ts';
import { failureOf } from '../../lib/errors.ts';
import { useLanguage } from '../../lib/words.ts';
import { failureText } from '../../../shared/labels.ts';
import { classes } from '../../ui/classes.ts';
import { useBoard } from './board-context.ts';
import styles from './cells.module.css';
import { CellFrame } from './CellFrame.tsx';
import { isComposing } from './keys.ts';

type LineField = { [F in ScalarField]: Scalars[F] extends string ? F : never }[ScalarField];
interface ShortProps {
  row: ProblemRow;
  field: LineField;
  label: string;
}

const IDLE_MS = 800;

/** Writes a value; what does not fit is said beside the list and stays in the cell. */
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

/** A line of text, written when it is finished (left, Enter, or a pause), so that the last word wins and not the last letter. */
export function LineCell({ row, field, label, type = 'text' }: ShortProps & { type?: 'text' | 'date' }) {
  const { readOnly } = useBoard();
  const set = useSet(row, field);
  const [typed, setTyped] = useState<string>();
  const [bad, setBad] = useState(false);
  const composing = useRef(false);
  const write = (value: string) => {
    const written = value === row[field] || set(value);
    setBad(!written);
    if (written) setTyped(undefined);
  };
  const pause = useRef(() => undefined as void);
  pause.current = () => {
    if (typed !== undefined && !composing.current && !bad) write(typed);
  };
  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(() => pause.current(), IDLE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <CellFrame rowId={row.rowId} field={field}>
      <input
        type={type}
        className={classes(styles.short, type === 'date' && (typed ?? row[field]) === '' && styles.blank)}
        aria-label={label}
        aria-invalid={bad || undefined}
        value={typed ?? row[field]}
        readOnly={readOnly}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setBad(false);
          setTyped(event.target.value);
        }}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          setTyped(event.currentTarget.value);
        }}
        onBlur={() => typed !== undefined && write(typed)}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === 'Enter' && typed !== undefined) write(typed);
          if (event.key === 'Escape') setTyped(undefined);
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
