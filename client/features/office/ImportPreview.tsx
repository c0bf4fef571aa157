import type { RosterImport } from '../../../shared/contract/campaigns.ts';
import { type Language, reasonText } from '../../../shared/labels.ts';
import { useShown } from '../../lib/shown.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { More } from '../../ui/More.tsx';
import styles from './ImportPreview.module.css';
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
  const language = useLanguage();
  return (
    <>
      <p className={styles.bad} role="alert">
        {heading}
      </p>
      <div className={styles.box}>
        <table className={table.table}>
          <thead>
            <tr>
              <th>{words.line}</th>
              <th>{words.column}</th>
              <th>{words.problem}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem, n) => (
              <tr key={n}>
                <td data-label={words.line}>{problem.line === 0 ? words.wholeFile : problem.line}</td>
                <td data-label={words.column}>{problem.column}</td>
                <td>{problemText(problem, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Rows({ rows }: { rows: RosterImport['rows'] }) {
  const words = useWords(officeWords);
  const known = rows.filter((row) => row.known).length;
  const { shown, more } = useShown(rows, 200);
  return (
    <>
      <p className={styles.good} role="status">
        {words.importReady(rows.length)}
        {known > 0 && <span> · {words.importKnown(known)}</span>}
      </p>
      <div className={styles.box}>
        <table className={table.table}>
          <thead>
            <tr>
              <th>{words.line}</th>
              <th>{words.unit}</th>
              <th>{words.personName}</th>
              <th>{words.position}</th>
              <th>{words.level}</th>
              <th>{words.status}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.line}>
                <td data-label={words.line}>{row.line}</td>
                <td>{row.unit}</td>
                <td>
                  <b>{row.name}</b>
                </td>
                <td>{row.position}</td>
                <td>{row.level}</td>
                <td>{row.known ? words.isKnown : words.isNew}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <More onMore={more} />
      </div>
    </>
  );
}

/** What the file says: the people it would bring, or every fault by line and column. */
export function ImportPreview({ preview }: { preview: RosterImport }) {
  const words = useWords(officeWords);
  const { problems, rows } = preview;
  const bad = problems.filter(prevents);
  if (bad.length > 0) return <Problems problems={bad} heading={words.importProblems(bad.length)} />;
  if (rows.length === 0) return <p role="status">{words.importEmpty}</p>;
  return (
    <>
      {problems.length > 0 && <Problems problems={problems} heading={words.importAdvice} />}
      <Rows rows={rows} />
    </>
  );
}
