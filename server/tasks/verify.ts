import { allRows } from '../features/admin/beginning.ts';
import { auditHeads } from '../features/admin/collections.ts';
import { type HeadLine, readEvidence } from '../features/admin/heads.ts';
import { type Verdict, verifyAudit } from '../features/admin/verify.ts';
import { minutes } from '../features/minutes/collections.ts';
import { sealDigest } from '../features/minutes/rules.ts';
import type { Config } from '../platform/config.ts';
import { appendHeads, headsFile, readHeads } from '../platform/heads-file.ts';
import { openStorage } from '../storage/open.ts';
import type { RecordStore } from '../storage/port.ts';
import { both } from '../platform/both.ts';
import type { Task } from './task.ts';

const AT_A_TIME = 100;

/** Minutes whose text is no longer the one that was sealed, one sentence each; and how many are sealed. */
async function checkSeals(records: RecordStore): Promise<{ sealed: number; problems: string[] }> {
  const problems: string[] = [];
  let sealed = 0;
  for (let after = ''; ; ) {
    const page = await records.list(minutes, 'id', {}, { after, limit: AT_A_TIME });
    for (const { id, title, paragraphs, sealed: seal } of page) {
      if (!seal) continue;
      sealed++;
      if (sealDigest(title, paragraphs) !== seal.sha256)
        problems.push(
          both(
            `会议 ${id} 的纪要《${title}》不是 ${seal.at} 定稿的内容`,
            `the minutes “${title}” of session ${id} are not what was sealed at ${seal.at}`,
          ),
        );
    }
    const last = page.at(-1);
    if (!last || page.length < AT_A_TIME) return { sealed, problems };
    after = last.id;
  }
}

/** The heads that are kept in the database itself, and so in each backup of it. */
async function keptHeads(records: RecordStore): Promise<HeadLine[]> {
  const kept = await records.list(auditHeads, 'id', {});
  return kept.map(({ id: chain, at, length, hash }) => ({ at, chain, length, hash }));
}

function tell({ rows, chains, unchained, notes }: Verdict, sealed: number, say: Task['say']): void {
  const old = unchained > 0 ? `, ${unchained} of them from before there were chains` : '';
  say(
    both(
      `操作日志 ${rows} 行，${chains} 条链${unchained > 0 ? `，其中 ${unchained} 行是有链以前的` : ''}；已定稿的纪要 ${sealed} 份。`,
      `Audit: ${rows} rows in ${chains} chains${old}. Sealed minutes: ${sealed}.`,
    ),
  );
  for (const note of notes) say(note);
}

/**
 * Reads the whole audit and compares it with itself and with the heads in DATA_DIR; checks the seals of minutes. May run beside a
 * server. Throws an Error that names each place where something was changed, is missing, was moved or slipped in.
 * `verify --restored <what>` says first that an older backup was put in place by hand; it stays written down.
 */
export async function verify(config: Config, { args, say }: Task): Promise<void> {
  const path = headsFile(config.dataDir);
  const [flag, restored] = args;
  if (flag !== undefined && (flag !== '--restored' || restored === undefined))
    throw new Error(
      both(
        '只有这一种写法：verify --restored <备份从哪里来>',
        'Known is only: verify --restored <where the backup came from>',
      ),
    );
  if (restored !== undefined) await appendHeads(path, [{ at: new Date().toISOString(), restored }]);
  // Heads before rows: a server beside us only adds.
  const { lines, unreadable } = await readHeads(path);
  const { heads, restores } = readEvidence(lines);
  const opened = await openStorage(config);
  try {
    const { records } = opened.storage;
    const known = [...(await keptHeads(records)), ...heads];
    const verdict = await verifyAudit({ rows: allRows(records), heads: known, restores });
    const seals = await checkSeals(records);
    tell(verdict, seals.sealed, say);
    if (lines.length === 0 && verdict.chains > 0)
      say(
        both(
          `注意：${path} 不存在或是空的，没有它就查不出链尾是否少了行。`,
          `Note: ${path} is not there or empty; that rows are missing at the end of a chain can be found with it.`,
        ),
      );
    if (unreadable > 0)
      say(
        both(
          `注意：${path} 里有 ${unreadable} 行读不出，写到一半断电会这样。`,
          `Note: ${unreadable} lines of ${path} cannot be read, as after a crash while one was written.`,
        ),
      );
    const problems = [...verdict.problems, ...seals.problems];
    if (problems.length > 0)
      throw new Error(
        `${both('与当初写入的不符：', 'Not as it was written:')}\n  ${problems.map((each) => each.replace('\n', '\n  ')).join('\n  ')}`,
      );
    say(both('没有发现改动、缺失、挪动或插入。', 'Nothing was changed, taken away, moved or slipped in.'));
  } finally {
    await opened.close();
  }
}
