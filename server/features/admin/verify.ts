import { both } from '../../platform/both.ts';
import { digestOver, hashOf } from './chained.ts';
import type { AuditRecord } from './collections.ts';
import type { HeadLine, RestoreLine } from './heads.ts';

export interface Evidence {
  /** All rows, ordered by id. */
  rows: AsyncIterable<AuditRecord> | Iterable<AuditRecord>;
  /** Read before the rows: a server may be writing. */
  heads: readonly HeadLine[];
  restores: readonly RestoreLine[];
}

export interface Verdict {
  rows: number;
  chains: number;
  /** Rows of older programs, from before there were chains. */
  unchained: number;
  /** One sentence each, with the place. Empty when nothing was changed, taken away, moved or added. */
  problems: string[];
  /** What is to be known and is no fault: a restore. */
  notes: string[];
}

interface ChainState {
  length: number;
  hash: string;
  at: string;
}

const MOST_PROBLEMS = 50;
const MOST_REMEMBERED = 20_000;
const place = (row: AuditRecord) => `row ${row.seq} of chain ${row.chain} (${row.id}, ${row.at})`;
const placeZh = (row: AuditRecord) => `链 ${row.chain} 第 ${row.seq} 行（${row.id}，${row.at}）`;
const missing = (chain: string, from: number, to: number): [chinese: string, english: string] => {
  const [rowsZh, rows] =
    from === to ? [`第 ${from} 行`, `row ${from}`] : [`第 ${from} 至 ${to} 行`, `rows ${from} to ${to}`];
  return [`链 ${chain} 的${rowsZh}不在了`, `${rows} of chain ${chain} ${from === to ? 'is' : 'are'} missing`];
};

/** Walks all rows once and compares them with one another and with what the second place has noted. */
export async function verifyAudit(evidence: Evidence): Promise<Verdict> {
  const walk = new Walk(evidence);
  for await (const row of evidence.rows) walk.take(row);
  return walk.end();
}

class Walk {
  readonly #chains = new Map<string, ChainState>();
  readonly #noted = new Map<string, Map<number, HeadLine>>();
  readonly #restores: readonly RestoreLine[];
  /** Hashes of the last rows by their ids: a chain that begins names one of them. */
  readonly #hashes = new Map<string, string>();
  /** Rows that a chain follows and that have not been seen yet: another process's clock was ahead. */
  readonly #awaited = new Map<string, AuditRecord>();
  readonly #problems: string[] = [];
  #count = 0;
  #unchained = { count: 0, digest: '' };

  constructor({ heads, restores }: Evidence) {
    this.#restores = restores;
    for (const head of heads) {
      const ofChain = this.#noted.get(head.chain) ?? new Map<number, HeadLine>();
      this.#noted.set(head.chain, ofChain.set(head.length, head));
    }
  }

  take(row: AuditRecord): void {
    this.#count++;
    if (row.chain === undefined || row.seq === undefined || row.hash === undefined) this.#takeUnchained(row);
    else this.#takeChained(row, row.chain, row.seq, row.hash);
  }

  #takeUnchained(row: AuditRecord): void {
    this.#unchained.count++;
    this.#unchained.digest = digestOver(this.#unchained.digest, row);
    if (this.#chains.size > 0)
      this.#fault(
        `${row.id}（${row.at}）没有校验值，而它前面的行有：校验值被去掉了，或这一行是插进来的`,
        `row ${row.id} (${row.at}) has no hash, though rows before it have: its hash was taken away, or it was slipped in`,
      );
  }

  #takeChained(row: AuditRecord, chain: string, seq: number, hash: string): void {
    const before = this.#chains.get(chain) ?? { length: 0, hash: '', at: row.at };
    const whole = hashOf(row) === hash;
    if (!whole) this.#fault(`${placeZh(row)}被改动过`, `${place(row)} was changed`);
    if (seq === before.length + 1) {
      if (seq > 1 && row.prev !== before.hash)
        this.#fault(
          `${placeZh(row)}与前一行接不上：其中一行被改动过`,
          `${place(row)} does not follow the row before it: one of them was changed`,
        );
      if (seq === 1) this.#checkBeginning(row);
    } else if (seq > before.length) this.#fault(...missing(chain, before.length + 1, seq - 1));
    else this.#fault(`${placeZh(row)}次序不对或重复`, `${place(row)} is out of its order, or doubled`);
    const noted = this.#noted.get(chain)?.get(seq);
    if (noted && noted.hash !== hash)
      this.#fault(
        `${placeZh(row)}不是 ${noted.at} 记下的那一行：整条链被重写过`,
        `${place(row)} is not the one that was noted at ${noted.at}: the chain was written anew`,
      );
    this.#remember(row.id, hash);
    if (seq > before.length) this.#chains.set(chain, { length: seq, hash, at: row.at });
  }

  /** The first row of a chain names what was there before it. */
  #checkBeginning(row: AuditRecord): void {
    const { follows } = row;
    const known = follows === undefined ? undefined : this.#hashes.get(follows);
    if (follows !== undefined && known === undefined) this.#awaited.set(follows, row);
    else if (known !== row.prev && follows !== undefined) this.#faultOfFollowed(row);
    const { count, digest } = this.#unchained;
    if (row.unchained !== undefined && (row.unchained !== count || row.prev !== digest))
      this.#fault(
        `${placeZh(row)}之前没有校验值的 ${row.unchained} 行里，有的被改动、拿走或加入`,
        `of the ${row.unchained} rows without a hash before ${place(row)} some were changed, taken away or added`,
      );
  }

  #remember(id: string, hash: string): void {
    const first = this.#awaited.get(id);
    if (first && first.prev !== hash) this.#faultOfFollowed(first);
    this.#awaited.delete(id);
    this.#hashes.set(id, hash);
    if (this.#hashes.size > MOST_REMEMBERED) this.#hashes.delete(this.#hashes.keys().next().value!);
  }

  #faultOfFollowed({ chain, follows }: AuditRecord): void {
    this.#fault(
      `链 ${chain} 所接的 ${follows} 不在了或被改动过`,
      `row ${follows}, which chain ${chain} follows, is missing or was changed`,
    );
  }

  #fault(chinese: string, english: string): void {
    this.#problems.push(both(chinese, english));
  }

  end(): Verdict {
    for (const row of this.#awaited.values()) this.#faultOfFollowed(row);
    const notes = [...this.#noted.keys()].flatMap((chain) => this.#checkEnd(chain) ?? []);
    const problems = this.#problems.slice(0, MOST_PROBLEMS);
    const more = this.#problems.length - MOST_PROBLEMS;
    if (more > 0) problems.push(both(`……另有 ${more} 处`, `… and ${more} more`));
    const { count: unchained } = this.#unchained;
    return { rows: this.#count, chains: this.#chains.size, unchained, problems, notes };
  }

  /** Nothing may be missing behind the last row of a chain, unless a backup is said to have been restored since: then that is a note. */
  #checkEnd(chain: string): string | undefined {
    const { length, at } = this.#chains.get(chain) ?? { length: 0, at: '' };
    const noted = [...this.#noted.get(chain)!.values()];
    const last = noted.reduce((most, head) => (head.length > most.length ? head : most));
    if (last.length <= length) return undefined;
    const [gone, lost] = missing(chain, length + 1, last.length);
    const cut = [
      `${gone}，在链尾（${last.at} 记下过；${at === '' ? '一行也不在' : `最后一行是 ${at} 的`}）`,
      `${lost} at the end (noted at ${last.at}; ${at === '' ? 'nothing of it is there' : `its last row is of ${at}`})`,
    ] as const;
    const restore = this.#restores.find((each) => each.at >= last.at);
    if (restore)
      return both(
        `注意：${cut[0]}：${restore.at} 从 ${restore.restored} 恢复过更早的数据`,
        `Note: ${cut[1]}: at ${restore.at} an older state was restored from ${restore.restored}`,
      );
    this.#fault(
      `${cut[0]}：被截掉了，或手工恢复过 ${at || '更早'} 的备份`,
      `${cut[1]}: cut off, or restored by hand from a backup of ${at || 'before'}`,
    );
    return undefined;
  }
}
