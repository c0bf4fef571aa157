import type { RosterChoice, RosterImport } from '../../../shared/contract/campaigns.ts';
import { useShown } from '../../lib/shown.ts';
import { useWords } from '../../lib/words.ts';
import { Tick } from '../../ui/Field.tsx';
import { More } from '../../ui/More.tsx';
import styles from './ImportPreview.module.css';
import { importWords } from './import-words.ts';

interface Props {
  choices: readonly RosterChoice[];
  busy: boolean;
  onChoose: (key: string, taken: boolean) => void;
}

function Choice({ choice, busy, onChoose }: { choice: RosterChoice } & Omit<Props, 'choices'>) {
  const words = useWords(importWords);
  const { key, kind, sheet, lines, text, taken } = choice;
  return (
    <Tick checked={taken} disabled={busy} onChange={(event) => onChoose(key, event.target.checked)}>
      {words.choice(kind, sheet, lines, text)}
    </Tick>
  );
}

/** What the office is asked: which sheets count where several do, and whether what is hidden does. */
export function ImportChoices({ choices, ...rest }: Props) {
  const words = useWords(importWords);
  const sheets = choices.filter(({ kind }) => kind === 'sheet');
  const hidden = choices.filter(({ kind }) => kind !== 'sheet');
  const tick = (choice: RosterChoice) => <Choice key={choice.key} choice={choice} {...rest} />;
  return (
    <>
      {hidden.length > 0 && (
        <fieldset className={styles.asked}>
          <legend>{words.hidden}</legend>
          {hidden.map(tick)}
        </fieldset>
      )}
      {sheets.length > 0 && (
        <details className={styles.fold}>
          <summary>{words.sheets(sheets.filter(({ taken }) => taken).length, sheets.length)}</summary>
          <div className={styles.ticks}>{sheets.map(tick)}</div>
        </details>
      )}
    </>
  );
}

/** What was not read, as what, and where. */
export function ImportLeft({ preview }: { preview: RosterImport }) {
  const words = useWords(importWords);
  const { left = [], cells } = preview;
  const { shown, more } = useShown(left, 100);
  if (!cells || left.length === 0) return null;
  return (
    <details className={styles.fold}>
      <summary>{words.whatLeft(cells.left)}</summary>
      <ul className={styles.left}>
        {shown.map((one, n) => (
          <li key={n}>
            <span>
              {one.column
                ? words.inColumn(one.sheet, one.column)
                : one.line === undefined
                  ? ''
                  : words.lines(one.sheet, one.line, one.to ?? one.line)}
            </span>
            <b>{words.kind(one.kind)}</b>
            {one.text && <q>{one.text}</q>}
            <small>{words.cells(one.cells)}</small>
          </li>
        ))}
      </ul>
      <More onMore={more} />
    </details>
  );
}
