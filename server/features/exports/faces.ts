import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FontFile, readFontFile } from './font-file.ts';

/** What type is for: body 仿宋, title 小标宋, hei 黑体, kai 楷体, song 宋体 (page numbers, notes). */
export type Role = 'body' | 'title' | 'hei' | 'kai' | 'song';

/** The faces of each role in the order in which a character is looked up. Never empty. */
export type Faces = Record<Role, readonly [FontFile, ...FontFile[]]>;

const BUNDLED = {
  regular: 'NotoSerifSC-Regular.ttf',
  bold: 'NotoSerifSC-Bold.ttf',
  sans: 'NotoSansSC-Regular.ttf',
} as const;

const FOLDER = 'server/features/exports/fonts';

/**
 * The folder of the fonts that come with the program. It is found from where this code lies, never from the working
 * directory: the nearest folder above that holds `server/features/exports/fonts`. So the sources, the built
 * `dist/server/main.js` and its chunks find the same files; an image has to ship that folder beside `dist`.
 */
export function fontFolder(from: string = import.meta.url): string {
  for (let dir = path.dirname(fileURLToPath(from)); ; dir = path.dirname(dir)) {
    const folder = path.join(dir, FOLDER);
    if (existsSync(path.join(folder, BUNDLED.regular))) return folder;
    if (dir === path.dirname(dir)) throw new Error(`the fonts are missing: no ${FOLDER} above ${from}`);
  }
}

// What an administrator's file is for is read from its name; fonts/README.md tells the words.
const NAMED: Record<Exclude<Role, 'song'>, RegExp> = {
  body: /仿宋|fangsong|simfang|stfangso/i,
  title: /小标宋|xiaobiaosong|fzxbs/i,
  hei: /黑体|simhei|stheiti/i,
  kai: /楷体|simkai|kaiti|stkaiti/i,
};

const read = new Map<string, Promise<FontFile>>();

/** Each file is read once; a file that cannot be read is asked for again next time. */
function font(file: string): Promise<FontFile> {
  const known = read.get(file) ?? readFile(file).then((bytes) => readFontFile(file, bytes));
  read.set(file, known);
  known.catch(() => read.delete(file));
  return known;
}

async function supplied(fontsDir: string | undefined): Promise<string[]> {
  if (fontsDir === undefined) return [];
  const names = await readdir(fontsDir).catch(() => []);
  return names.filter((name) => /\.(ttf|otf)$/i.test(name)).sort();
}

/**
 * The faces to print with: an administrator's licensed file first, then ours. `ignored` names the files in `fontsDir`
 * that are no readable font, so that somebody can be told.
 */
export async function loadFaces(fontsDir?: string): Promise<{ faces: Faces; ignored: string[] }> {
  const ours = (name: keyof typeof BUNDLED) => font(path.join(fontFolder(), BUNDLED[name]));
  const [regular, bold, sans] = await Promise.all([ours('regular'), ours('bold'), ours('sans')]);
  const faces: Faces = {
    body: [regular],
    title: [bold, regular],
    hei: [sans, regular],
    kai: [regular],
    song: [regular],
  };
  const ignored: string[] = [];
  for (const name of await supplied(fontsDir)) {
    const role = (Object.keys(NAMED) as (keyof typeof NAMED)[]).find((r) => NAMED[r].test(name));
    if (role === undefined) continue;
    const file = await font(path.join(fontsDir ?? '', name)).catch(() => undefined);
    if (file === undefined) ignored.push(name);
    else faces[role] = [file, ...faces[role]];
  }
  return { faces, ignored };
}
