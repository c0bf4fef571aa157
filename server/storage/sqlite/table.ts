import type { Collection } from '../collection.ts';
import { type Lookup, planOf, type Scalar } from '../lookup.ts';
import type { Stored } from '../port.ts';
import type { Database, SqlValue, Statement } from './driver.ts';

/** One collection's table with its statements, each prepared once. */
export interface Table {
  name: string;
  statement(sql: string): Statement;
  /** Name of the declared index behind an index of the file. */
  declared(fileIndex: string): string;
}

export const sqlValue = (value: Scalar): SqlValue => (typeof value === 'boolean' ? Number(value) : value);
const column = (field: string) =>
  field === 'id' || field === 'version' ? field : `json_extract(body, '$.${field}')`;

function makeIndexes(db: Database, table: string, wanted: ReadonlyMap<string, string>): void {
  const there = db.prepare(
    `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`,
  );
  const have = new Map(
    (there.all(table) as { name: string; sql: string }[]).map((row) => [row.name, row.sql]),
  );
  for (const [name, sql] of wanted) {
    const found = have.get(name);
    if (found !== undefined && found !== sql)
      throw new Error(
        `index ${name} stands in the database with another meaning: a changed index needs a new name`,
      );
    if (found === undefined) db.exec(sql);
  }
}

/** To a table that an older program has made. */
function addSum(db: Database, table: string): void {
  const columns = db.prepare(`SELECT name FROM pragma_table_info(?)`).all(table) as { name: string }[];
  if (!columns.some(({ name }) => name === 'sum')) db.exec(`ALTER TABLE ${table} ADD COLUMN sum TEXT`);
}

/** Makes the table and its indexes if they are missing. What another program has made is left: it may be a newer one. */
export function openTable<R extends Stored>(db: Database, c: Collection<R>): Table {
  const table = `record_${c.name}`;
  const wanted = new Map<string, string>();
  for (const [name, { fields, unique }] of planOf(c).indexes) {
    if (name === 'id') continue;
    const sql = `CREATE ${unique ? 'UNIQUE ' : ''}INDEX "${table}_${name}" ON ${table} (${fields.map(column).join(', ')})`;
    wanted.set(`${table}_${name}`, sql);
  }
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, sum TEXT) STRICT`,
    );
    addSum(db, table);
    makeIndexes(db, table, wanted);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
  const statements = new Map<string, Statement>();
  return {
    name: table,
    statement(sql) {
      const known = statements.get(sql) ?? db.prepare(sql);
      statements.set(sql, known);
      return known;
    },
    declared: (fileIndex) => fileIndex.slice(table.length + 1),
  };
}

/** The part after SELECT … FROM of a checked read, with its values. */
export function where({ equal, by, page }: Lookup): { sql: string; values: SqlValue[] } {
  const parts = equal.map(([field]) => `${column(field)} = ?`);
  const values = equal.map(([, value]) => sqlValue(value));
  for (const [bound, sign] of [[page.after, '>'] as const, [page.before, '<'] as const]) {
    if (bound === undefined) continue;
    parts.push(`${column(by)} ${sign} ?`);
    values.push(bound);
  }
  return { sql: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', values };
}

export function ordered(lookup: Lookup): { sql: string; values: SqlValue[] } {
  const { sql, values } = where(lookup);
  const order = `ORDER BY ${column(lookup.by)} ${lookup.page.order === 'desc' ? 'DESC' : 'ASC'}`;
  if (lookup.page.limit === undefined) return { sql: `${sql} ${order}`, values };
  return { sql: `${sql} ${order} LIMIT ?`, values: [...values, lookup.page.limit] };
}
