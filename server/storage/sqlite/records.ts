import { AppError, isDamaged, isError } from '../../../shared/errors.ts';
import { accept } from '../accept.ts';
import type { Collection } from '../collection.ts';
import type { Damages } from '../damage.ts';
import { keyOf, lookupOf, planOf } from '../lookup.ts';
import type { Draft, RecordStore, Stored } from '../port.ts';
import { shaped, unnamed } from '../shaped.ts';
import type { Database } from './driver.ts';
import { type Run, violated } from './failure.ts';
import { readRow, type RecordRow, recordSum } from './row.ts';
import { openTable, ordered, type Table, where } from './table.ts';
import { inTransaction } from './transaction.ts';

const ROW = 'id, version, body, sum';

/** Records on SQLite: a table per collection, the record's JSON in `body`, an expression index per declared index. */
export function sqliteRecords(
  db: Database,
  run: Run,
  damages: Damages,
): RecordStore & { restore<R extends Stored>(c: Collection<R>, records: readonly R[]): Promise<void> } {
  const tables = new Map<string, { c: unknown; table: Table }>();

  function tableOf<R extends Stored>(c: Collection<R>): Table {
    const known = tables.get(c.name);
    if (known && known.c !== c) throw new Error(`collection ${c.name} is declared twice`);
    if (known) return known.table;
    const table = openTable(db, c);
    tables.set(c.name, { c, table });
    return table;
  }

  /** The stored JSON; throws when it is damaged. */
  function parse(table: Table, row: unknown): Record<string, unknown> {
    const read = readRow(table.name, row as RecordRow);
    if (typeof read !== 'string') return read;
    throw damages.note({
      kind: 'record',
      place: table.name.slice('record_'.length),
      id: (row as RecordRow).id,
      why: read,
    });
  }

  const read = <R extends Stored>(c: Collection<R>, row: unknown): R =>
    shaped(planOf(c).form, parse(tableOf(c), row)) as unknown as R;

  /** Without those that are damaged: they are noted, and the others go on. */
  function readAll<R extends Stored>(c: Collection<R>, rows: readonly unknown[]): R[] {
    return rows.flatMap((row) => {
      try {
        return [read(c, row)];
      } catch (error) {
        if (isDamaged(error)) return [];
        throw error;
      }
    });
  }

  const columns = (table: Table, record: Stored, more: object = {}) => {
    const { id, version } = record;
    const body = JSON.stringify({ ...record, ...more });
    return { body, sum: recordSum(table.name, { id, version, body }) };
  };

  const exists = (table: Table, id: string) =>
    table.statement(`SELECT 1 FROM ${table.name} WHERE id = ?`).get(id) !== undefined;

  /** Writes one accepted record; what is taken already is said as CONFLICT. A taken id is named before a taken index. */
  function write<R extends Stored>(table: Table, record: R): void {
    const insert = table.statement(`INSERT INTO ${table.name} (${ROW}) VALUES (?, ?, ?, ?)`);
    const { body, sum } = columns(table, record);
    try {
      insert.run(record.id, record.version, body, sum);
    } catch (error) {
      const taken = violated(error);
      if (!taken) throw error;
      if (taken.index === undefined || exists(table, record.id))
        throw new AppError('CONFLICT', 'record.id', { facts: { id: record.id } });
      throw new AppError('CONFLICT', 'record.index', { facts: { index: table.declared(taken.index) } });
    }
  }

  /** The fields of a newer program that stand in the record of this version; if that is not there any more, nor is the next. */
  function kept<R extends Stored>(c: Collection<R>, table: Table, { id, version }: R): object {
    const row = table
      .statement(`SELECT ${ROW} FROM ${table.name} WHERE id = ? AND version = ?`)
      .get(id, version - 1);
    return row === undefined ? {} : unnamed(planOf(c).form, parse(table, row));
  }

  /** Compare-and-set; the caller gave the record with its next version. */
  function swap<R extends Stored>(c: Collection<R>, table: Table, next: R): void {
    const { body, sum } = columns(table, next, kept(c, table, next));
    const update = table.statement(
      `UPDATE ${table.name} SET version = ?, body = ?, sum = ? WHERE id = ? AND version = ?`,
    );
    try {
      if (update.run(next.version, body, sum, next.id, next.version - 1).changes > 0) return;
    } catch (error) {
      const taken = violated(error);
      if (!taken?.index) throw error;
      throw new AppError('CONFLICT', 'record.index', { facts: { index: table.declared(taken.index) } });
    }
    if (exists(table, next.id)) throw new AppError('CONFLICT', 'record.version', { facts: { id: next.id } });
    throw new AppError('NOT_FOUND', 'record.gone', { facts: { id: next.id } });
  }

  /** Writes in order within one commit; a conflict commits the prefix before it and says how long that is. */
  function writeAll<R extends Stored>(table: Table, records: readonly R[]): void {
    let stored = 0;
    const conflict = inTransaction(db, () => {
      try {
        for (; stored < records.length; stored++) write(table, records[stored] as R);
        return undefined;
      } catch (error) {
        if (isError(error, 'CONFLICT')) return error;
        throw error;
      }
    });
    if (!conflict) return;
    const { code, reason, facts } = conflict.failure;
    throw new AppError(code, reason, { facts: { ...facts, stored } });
  }

  return {
    async insert(c, draft) {
      const record = accept(c, { ...draft, version: 1 });
      await run(() => write(tableOf(c), record));
      return record;
    },
    async insertMany(c, drafts) {
      const records = drafts.map((draft: Draft<Stored>) => accept(c, { ...draft, version: 1 }));
      if (records.length > 0) await run(() => writeAll(tableOf(c), records));
      return records;
    },
    async get(c, id) {
      const row = await run(() => {
        const table = tableOf(c);
        return table.statement(`SELECT ${ROW} FROM ${table.name} WHERE id = ?`).get(id);
      });
      return row === undefined || id.includes('\0') ? undefined : read(c, row);
    },
    async find(c, unique, key) {
      const equal = keyOf(c, unique, key);
      const { sql, values } = where({ equal, by: 'id', page: {} });
      const row = await run(() => {
        const table = tableOf(c);
        return table.statement(`SELECT ${ROW} FROM ${table.name} ${sql}`).get(...values);
      });
      return row === undefined ? undefined : read(c, row);
    },
    async list(c, index, match, page) {
      // As many as were asked for, also where some of them are damaged.
      for (let more = 0; ; ) {
        const limit = page?.limit === undefined ? undefined : page.limit + more;
        const { sql, values } = ordered(lookupOf(c, index, match, { ...page, ...(limit ? { limit } : {}) }));
        const rows = await run(() => {
          const table = tableOf(c);
          return table.statement(`SELECT ${ROW} FROM ${table.name} ${sql}`).all(...values);
        });
        const records = readAll(c, rows);
        const damaged = rows.length - records.length;
        if (limit === undefined || rows.length < limit || damaged <= more) return records;
        more = damaged;
      }
    },
    async count(c, index, match) {
      const { sql, values } = where(lookupOf(c, index, match));
      return run(() => {
        const table = tableOf(c);
        return (
          table.statement(`SELECT count(*) AS n FROM ${table.name} ${sql}`).get(...values) as { n: number }
        ).n;
      });
    },
    async replace(c, record) {
      const next = accept(c, { ...record, version: record.version + 1 });
      await run(() => swap(c, tableOf(c), next));
      return next;
    },
    async remove(c, id) {
      return run(() => {
        const table = tableOf(c);
        return (
          !id.includes('\0') && table.statement(`DELETE FROM ${table.name} WHERE id = ?`).run(id).changes > 0
        );
      });
    },
    async restore(c, records) {
      const accepted = records.map((record) => accept(c, record));
      await run(() => {
        const table = tableOf(c);
        const put = table.statement(`INSERT OR REPLACE INTO ${table.name} (${ROW}) VALUES (?, ?, ?, ?)`);
        inTransaction(db, () => {
          for (const record of accepted) {
            const { body, sum } = columns(table, record);
            put.run(record.id, record.version, body, sum);
          }
        });
      });
    },
  };
}
