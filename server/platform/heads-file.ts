import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The second place of the audit's heads, beside the database: one line of JSON after the other, never changed. */
export const headsFile = (dataDir: string): string => join(dataDir, 'audit-heads.log');

/** Adds lines and brings them to disk. A line that a crash has left unfinished is ended first, so that it spoils no other. */
export async function appendHeads(path: string, lines: readonly object[]): Promise<void> {
  if (lines.length === 0) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const start = size > 0 && last.toString() !== '\n' ? '\n' : '';
    await file.appendFile(start + lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Notes one line in the second place of this installation. */
export const noteIn =
  ({ dataDir }: { dataDir: string }) =>
  (line: object): Promise<void> =>
    appendHeads(headsFile(dataDir), [line]);

/** All lines that can be read; how many cannot: cut by a crash, or damaged. No file is no lines. */
export async function readHeads(path: string): Promise<{ lines: unknown[]; unreadable: number }> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines: unknown[] = [];
  let unreadable = 0;
  for (const line of text.split('\n').filter((each) => each !== '')) {
    try {
      lines.push(JSON.parse(line));
    } catch {
      unreadable++;
    }
  }
  return { lines, unreadable };
}
