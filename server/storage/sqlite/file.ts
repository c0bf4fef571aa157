import { open, rm, stat, writeFile } from 'node:fs/promises';

const MAGIC = 'SQLite format 3\0';

const restore =
  'Put it aside and restore a backup (npm run restore -- backup/poli-….db); only if this shall become a new, empty installation, remove it.';

/** Throws a plain Error for a file that SQLite would take as empty and begin anew in, and for one that was cut off. */
async function check(path: string, size: number): Promise<void> {
  if (size === 0) throw new Error(`${path} is empty (0 bytes): what stood in it is lost. ${restore}`);
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(100), 0, 100, 0);
    if (bytesRead === 100 && buffer.toString('latin1', 0, 16) !== MAGIC)
      throw new Error(`${path} is not a database. ${restore}`);
    if (size < 512) throw new Error(`${path} was cut off after ${size} bytes. ${restore}`);
    const log = await stat(`${path}-wal`).catch(() => undefined);
    const pageSize = buffer.readUInt16BE(16) === 1 ? 65_536 : buffer.readUInt16BE(16);
    const whole = pageSize * buffer.readUInt32BE(28);
    // With a log beside it the file alone says nothing: what is missing may stand there.
    if (!log?.size && size < whole)
      throw new Error(`${path} was cut off: ${size} of ${whole} bytes are there. ${restore}`);
  } finally {
    await file.close();
  }
}

/**
 * Before the file is opened. What is there must be whole; what is not there is about to be made, and a mark beside says so until it is,
 * since a process that ends then leaves an empty file too. (Not made elsewhere and given its name: SQLite must never meet one file under
 * two names, and a connection may outlive its closing.) Returns what to do once it is open.
 */
export async function lookAt(path: string): Promise<() => Promise<void>> {
  const mark = `${path}.new`;
  const [there, marked] = await Promise.all([path, mark].map((each) => stat(each).catch(() => undefined)));
  if (!there) await writeFile(mark, '');
  else if (!marked) await check(path, there.size);
  return () => rm(mark, { force: true });
}
