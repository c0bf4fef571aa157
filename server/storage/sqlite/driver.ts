/** The part of `node:sqlite` that this engine uses. */
export interface Database {
  readonly isTransaction: boolean;
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}
export interface Statement {
  run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  get(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
  iterate(...values: SqlValue[]): IterableIterator<unknown>;
}
export type SqlValue = string | number | Uint8Array | null;

interface Driver {
  DatabaseSync: new (path: string, options: { timeout: number; readOnly?: boolean }) => Database;
}

/** Node's own SQLite where Node has it (22.13 and later), else the package with the same API. The only file that names either. */
async function driver(): Promise<Driver> {
  const own = process.getBuiltinModule('node:sqlite' as 'node:fs') as unknown as Driver | undefined;
  return own ?? ((await import('@photostructure/sqlite')) as unknown as Driver);
}

/** Opens a file. `timeout`: milliseconds to wait for another process's lock before the call fails as busy. */
export async function openDatabase(
  path: string,
  options: { timeout: number; readOnly?: boolean },
): Promise<Database> {
  const { DatabaseSync } = await driver();
  return new DatabaseSync(path, options);
}
