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
        `row ${row.id} (${row.at}) has no hash, though rows before it have: its hash was taken away, or it was slipped in`,
      );
  }

  #takeChained(row: AuditRecord, chain: string, seq: number, hash: string): void {
    const before = this.#chains.get(chain) ?? { length: 0, hash: '', at: row.at };
    const whole = hashOf(row) === hash;
    if (!whole) this.#fault(`${place(row)} was changed`);
    if (seq === before.length + 1) {
      if (seq > 1 && row.prev !== before.hash)
        this.#fault(`${place(row)} does not follow the row before it: one of them was changed`);
      if (seq === 1) this.#checkBeginning(row);
    } else if (seq > before.length) this.#fault(this.#missing(chain, before.length + 1, seq - 1));
    else this.#fault(`${place(row)} is out of its order, or doubled`);
    const noted = this.#noted.get(chain)?.get(seq);
    if (noted && noted.hash !== hash)
      this.#fault(`${place(row)} is not the one that was noted at ${noted.at}: the chain was written anew`);
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
    this.#fault(`row ${follows}, which chain ${chain} follows, is missing or was changed`);
  }

  #missing = (chain: string, from: number, to: number): string =>
    `${from === to ? `row ${from}` : `rows ${from} to ${to}`} of chain ${chain} ${from === to ? 'is' : 'are'} missing`;

  #fault(sentence: string): void {
    this.#problems.push(sentence);
  }

  end(): Verdict {
    for (const row of this.#awaited.values()) this.#faultOfFollowed(row);
    const notes = [...this.#noted.keys()].flatMap((chain) => this.#checkEnd(chain) ?? []);
    const problems = this.#problems.slice(0, MOST_PROBLEMS);
    if (this.#problems.length > MOST_PROBLEMS)
      problems.push(`… and ${this.#problems.length - MOST_PROBLEMS} more`);
    const { count: unchained } = this.#unchained;
    return { rows: this.#count, chains: this.#chains.size, unchained, problems, notes };
  }

  /** Nothing may be missing behind the last row of a chain, unless a backup is said to have been restored since: then that is a note. */
  #checkEnd(chain: string): string | undefined {
    const { length, at } = this.#chains.get(chain) ?? { length: 0, at: '' };
    const noted = [...this.#noted.get(chain)!.values()];
    const last = noted.reduce((most, head) => (head.length > most.length ? head : most));
    if (last.length <= length) return undefined;
    const kept = at === '' ? 'nothing of it is there' : `its last row is of ${at}`;
    const lost = `${this.#missing(chain, length + 1, last.length)} at the end (noted at ${last.at}; ${kept})`;
    const restore = this.#restores.find((each) => each.at >= last.at);
    if (restore) return `${lost}: at ${restore.at} an older state was restored from ${restore.restored}`;
    this.#fault(`${lost}: cut off, or restored by hand from a backup of ${at || 'before'}`);
    return undefined;
  }
}
