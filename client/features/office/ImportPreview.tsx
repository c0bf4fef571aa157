import type { RosterImport } from '../../../shared/contract/campaigns.ts';
import { type Language, reasonText } from '../../../shared/labels.ts';
import { useShown } from '../../lib/shown.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { More } from '../../ui/More.tsx';
import { ImportChoices, ImportLeft } from './ImportChoices.tsx';
import styles from './ImportPreview.module.css';
import { FORMAL, importWords } from './import-words.ts';
import table from './Office.module.css';
import { officeWords } from './words.ts';

type Problem = RosterImport['problems'][number];

// A made-up character in a name may be right; everything else keeps the whole file out.
const ADVICE: ReadonlySet<string> = new Set(['roster.private-use', 'roster.reserved']);
const prevents = (problem: Problem) => !ADVICE.has(problem.reason);

/** True when this file may be imported as it is. */
export const isReady = (preview: RosterImport) => preview.rows.length > 0 && !preview.problems.some(prevents);

function problemText(problem: Problem, language: Language): string | undefined {
  const facts = { value: problem.value, max: problem.value };
  return reasonText(problem.reason, language, facts) ?? reasonText('field.invalid', language);
}

function Problems({ problems, heading }: { problems: readonly Problem[]; heading: string }) {
  const words = useWords(officeWords);
  const more = useWords(importWords);
  const language = useLanguage();
  const { shown, more: onMore } = useShown(problems, 200);
  const sheets = problems.some(({ sheet }) => sheet !== undefined);
  return (
    <>
      <p className={styles.bad} role="alert">
        {heading}
      </p>
      <div className={styles.box}>
        <table className={table.table}>
          <thead>
            <tr>
              {sheets && <th>{more.sheet}</th>}
              <th>{words.line}</th>
              <th>{words.column}</th>
              <th>{words.problem}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((problem, n) => (
              <tr key={n}>
                {sheets && <td>{problem.sheet}</td>}
                <td data-label={words.line}>{problem.line === 0 ? words.wholeFile : problem.line}</td>
                <td data-label={words.column}>{problem.column}</td>
                <td>{problemText(problem, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <More onMore={onMore} />
      </div>
    </>
  );
}

/** A unit, said to stand on a line above where this one does not name it. */
function Unit({ row }: { row: RosterImport['rows'][number] }) {
  const words = useWords(importWords);
  if (row.unitFrom === undefined) return <td>{row.unit}</td>;
  return (
    <td className={styles.filled}>
      {row.unit} <small>{words.sameAs(row.unitFrom)}</small>
    </td>
  );
}

function Rows({ preview: { rows, cells, left = [] } }: { preview: RosterImport }) {
  const words = useWords(officeWords);
  const more = useWords(importWords);
  const known = rows.filter((row) => row.known).length;
  const { shown, more: onMore } = useShown(rows, 200);
  const sheets = rows.some(({ sheet }) => sheet !== undefined);
  return (
    <>
      <p className={styles.good} role="status">
        {words.importReady(rows.length)}
        {known > 0 && <span> · {words.importKnown(known)}</span>}
        {cells && (
          <span>
            {' '}
            ·{' '}
            {more.read(
              cells.read,
              cells.left,
              left.every(({ kind }) => FORMAL.has(kind)),
            )}
          </span>
        )}
      </p>
      <div className={styles.box}>
        <table className={table.table}>
          <thead>
            <tr>
              {sheets && <th>{more.sheet}</th>}
              <th>{words.line}</th>
              <th>{words.unit}</th>
              <th>{words.personName}</th>
              <th>{words.position}</th>
              <th>{words.level}</th>
              <th>{words.status}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, n) => (
              <tr key={n}>
                {sheets && <td>{row.sheet}</td>}
                <td data-label={words.line}>{row.line}</td>
                <Unit row={row} />
                <td>
                  <b>{row.name}</b>
                  {row.sharing && <small className={styles.side}>{more.sharing(row.sharing)}</small>}
                </td>
                <td>{row.position}</td>
                <td>{row.level}</td>
                <td>{row.known ? words.isKnown : words.isNew}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <More onMore={onMore} />
      </div>
    </>
  );
}

function Content({ preview }: { preview: RosterImport }) {
  const { problems, rows } = preview;
  const words = useWords(officeWords);
  const bad = problems.filter(prevents);
  if (bad.length > 0) return <Problems problems={bad} heading={words.importProblems(bad.length)} />;
  if (rows.length === 0) return <p role="status">{words.importEmpty}</p>;
  return (
    <>
      {problems.length > 0 && <Problems problems={problems} heading={words.importAdvice} />}
      <Rows preview={preview} />
    </>
  );
}

interface Props {
  preview: RosterImport;
  busy: boolean;
  onChoose: (key: string, taken: boolean) => void;
}

/** What the file says: the people it would bring or every fault by its place, what is asked, and what was left. */
export function ImportPreview({ preview, busy, onChoose }: Props) {
  return (
    <>
      <ImportChoices choices={preview.choices ?? []} busy={busy} onChoose={onChoose} />
      <Content preview={preview} />
      <ImportLeft preview={preview} />
    </>
  );
}
