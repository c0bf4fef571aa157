import type { RosterImport } from '../../../shared/contract/campaigns.ts';
import { reasonText } from '../../../shared/labels.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import styles from './ImportPreview.module.css';
import table from './Office.module.css';
import { officeWords } from './words.ts';

function Problems({ problems }: { problems: RosterImport['problems'] }) {
  const words = useWords(officeWords);
  const language = useLanguage();
  return (
    <>
      <p className={styles.bad} role="alert">
        {words.importProblems(problems.length)}
      </p>
      <div className={styles.box}>
        <table className={table.table}>
          <thead>
            <tr>
              <th>{words.line}</th>
              <th>{words.column}</th>
              <th>{words.problem}</th>
              <th>{words.value}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem, n) => (
              <tr key={n}>
                <td data-label={words.line}>{problem.line}</td>
                <td data-label={words.column}>{problem.column}</td>
                <td>{reasonText(problem.reason, language) ?? reasonText('field.invalid', language)}</td>
                <td data-label={words.value}>{problem.value}</td>
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
            {rows.slice(0, 200).map((row) => (
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
      </div>
    </>
  );
}

/** What the file says: the people it would bring, or every fault by line and column. */
export function ImportPreview({ preview }: { preview: RosterImport }) {
  const words = useWords(officeWords);
  if (preview.problems.length > 0) return <Problems problems={preview.problems} />;
  if (preview.rows.length === 0) return <p role="status">{words.importEmpty}</p>;
  return <Rows rows={preview.rows} />;
}
