import { both } from '../../platform/both.ts';
import { type FileHandle, open, rm, stat, writeFile } from 'node:fs/promises';

const MAGIC = 'SQLite format 3\0';

/** What is wrong with the file, and what to do. */
const unusable = (chinese: string, english: string) =>
  new Error(
    both(
      `${chinese}请把它移开，再恢复备份（npm run restore -- backup/poli-….db）；只有要从空的重新开始时才删除它。`,
      `${english} Put it aside and restore a backup (npm run restore -- backup/poli-….db); only if this shall become a new, empty installation, remove it.`,
    ),
  );

/** Another process that is just leaving may bring its log into the file meanwhile: what is seen once need not be so. */
const LOOKS = 10;
const BETWEEN_MS = 100;

/** Bytes that are there and that should be there; the same where a log lies beside, for what is missing may stand in that. */
async function sizesOf(path: string, file: FileHandle): Promise<{ size: number; whole: number }> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(100), 0, 100, 0);
  if (bytesRead === 100 && buffer.toString('latin1', 0, 16) !== MAGIC)
    throw unusable(`${path} 不是数据库。`, `${path} is not a database.`);
  const pageSize = buffer.readUInt16BE(16) === 1 ? 65_536 : buffer.readUInt16BE(16);
  const log = await stat(`${path}-wal`).catch(() => undefined);
  const { size } = await file.stat();
  // The number of pages counts only while two counters agree (https://www.sqlite.org/fileformat.html §1.3.7).
  const counts = buffer.readUInt32BE(24) === buffer.readUInt32BE(92);
  return { size, whole: log?.size || !counts ? size : pageSize * buffer.readUInt32BE(28) };
}

/** Throws a plain Error for a file that SQLite would take as empty and begin anew in, and for one that was cut off. */
async function check(path: string, atFirst: number): Promise<void> {
  if (atFirst === 0)
    throw unusable(
      `${path} 是空的，里面的内容已丢失。`,
      `${path} is empty (0 bytes): what stood in it is lost.`,
    );
  if (atFirst < 512)
    throw unusable(`${path} 只剩 ${atFirst} 字节。`, `${path} was cut off after ${atFirst} bytes.`);
  const file = await open(path, 'r');
  try {
    let sizes = await sizesOf(path, file);
    for (let look = 1; sizes.size < sizes.whole && look < LOOKS; look++) {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      sizes = await sizesOf(path, file);
    }
    const { size, whole } = sizes;
    if (size < whole)
      throw unusable(
        `${path} 不完整：应有 ${whole} 字节，只有 ${size}。`,
        `${path} was cut off: ${size} of ${whole} bytes are there.`,
      );
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
