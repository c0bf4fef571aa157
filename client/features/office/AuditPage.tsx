import { useState } from 'react';
import type { AuditRow } from '../../../shared/contract/admin.ts';
import { dateTimeText } from '../../lib/dates.ts';
import { useCan, useMe } from '../../lib/me.ts';
import { useAsk } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AppBar } from '../entry/AppBar.tsx';
import { NoAccess, Trouble } from '../entry/Trouble.tsx';
import { detailText, doneText, failedText } from './procedure-words.ts';
import styles from './Office.module.css';
import { officeWords } from './words.ts';

const PAGE = 100;

function Who({ row }: { row: AuditRow }) {
  const words = useWords(officeWords);
  const nobody = row.address ? words.notSignedIn : words.system;
  return (
    <>
      {row.personName || <span className={styles.nobody}>{nobody}</span>}
      {row.address && <small className={styles.address}>{row.address}</small>}
    </>
  );
}

function What({ row }: { row: AuditRow }) {
  const words = useWords(officeWords);
  const language = useLanguage();
  const about = [row.objectName, detailText(row, language)].filter(Boolean).join(' · ');
  const done = doneText(row, language);
  const failed = failedText(row, language) !== undefined;
  return (
    <>
      {done === '' ? words.asked(row.procedure) : failed ? words.tried(done) : done}
      {about && <span className={styles.quiet}> {about}</span>}
    </>
  );
}

function Outcome({ row }: { row: AuditRow }) {
  const words = useWords(officeWords);
  const language = useLanguage();
  const failed = failedText(row, language);
  if (failed === undefined) return words.ok;
  return (
    <>
      <span className={styles.bad}>{failed}</span>
      {row.count !== undefined && row.count > 1 && (
        <small className={styles.times}>
          {words.times(row.count, row.since ? dateTimeText(row.since, language) : '')}
        </small>
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly AuditRow[] }) {
  const words = useWords(officeWords);
  const language = useLanguage();
  return (
    <Card className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{words.when}</th>
            <th>{words.who}</th>
            <th>{words.what}</th>
            <th>{words.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.auditId}>
              <td className={styles.num}>{dateTimeText(row.at, language)}</td>
              <td>
                <Who row={row} />
              </td>
              <td className={styles.line} title={row.objectId || row.subject || undefined}>
                <What row={row} />
              </td>
              <td className={styles.line}>
                <Outcome row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** Newest first, a page at a time; each page's cursor is the last row of the one before. */
function Log() {
  const words = useWords(officeWords);
  const [cursors, setCursors] = useState<string[]>([]);
  const before = cursors.at(-1);
  const { data, failure, retry } = useAsk('admin.audit', {
    // One more than is shown says whether there are older ones.
    limit: PAGE + 1,
    ...(before !== undefined && { before }),
  });
  if (!data) return failure ? <Trouble failure={failure} retry={retry} /> : <Skeleton rows={10} />;
  const rows = data.slice(0, PAGE);
  const last = rows.at(-1);
  return (
    <>
      {rows.length === 0 ? <Empty title={words.noAudit} /> : <Rows rows={rows} />}
      <div className={styles.end}>
        {cursors.length > 0 && (
          <Button onClick={() => setCursors(cursors.slice(0, -1))}>{words.newer}</Button>
        )}
        {data.length > PAGE && last && (
          <Button onClick={() => setCursors([...cursors, last.auditId])}>{words.older}</Button>
        )}
      </div>
    </>
  );
}

/** `/audit`: who changed what and when. */
export default function AuditPage() {
  const words = useWords(officeWords);
  const { me } = useMe();
  const reads = useCan('audit:read');
  useTitle(words.audit);
  return (
    <>
      <AppBar />
      <main className={styles.main}>
        <div>
          <h1>{words.audit}</h1>
          <small>{words.auditNote}</small>
        </div>
        {me && (reads ? <Log /> : <NoAccess />)}
        {!me && <Skeleton rows={10} />}
      </main>
    </>
  );
}
