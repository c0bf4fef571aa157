import { useState } from 'react';
import type { AuditRow } from '../../../shared/contract/admin.ts';
import { failureText } from '../../../shared/labels.ts';
import { Code } from '../../../shared/failure.ts';
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
import { doneText } from './procedure-words.ts';
import styles from './Office.module.css';
import { officeWords } from './words.ts';

const PAGE = 100;

function Outcome({ outcome }: { outcome: string }) {
  const words = useWords(officeWords);
  const language = useLanguage();
  const code = Code.safeParse(outcome);
  if (!code.success) return words.ok;
  return <span className={styles.bad}>{failureText({ code: code.data, reason: '' }, language)}</span>;
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
              <td>{row.personName || words.system}</td>
              <td title={row.subject}>
                {doneText(row, language)}
                {row.objectName && <small className={styles.quiet}> {row.objectName}</small>}
              </td>
              <td>
                <Outcome outcome={row.outcome} />
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
    limit: PAGE,
    ...(before !== undefined && { before }),
  });
  if (!data) return failure ? <Trouble failure={failure} retry={retry} /> : <Skeleton rows={10} />;
  const last = data.at(-1);
  return (
    <>
      {data.length === 0 ? <Empty title={words.noAudit} /> : <Rows rows={data} />}
      <div className={styles.end}>
        {cursors.length > 0 && (
          <Button onClick={() => setCursors(cursors.slice(0, -1))}>{words.newer}</Button>
        )}
        {data.length === PAGE && last && (
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
