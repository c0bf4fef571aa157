import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import type { Report } from '../../server/features/exports/report.ts';

const run = promisify(execFile);

/** True when a program is on the machine; otherwise says once which checks are left out. */
export function hasProgram(name: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn(`skipped: ${name} is not installed, so the files are not opened with it`);
    return false;
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'poli-documents-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What LibreOffice prints of an Office file. */
export function toPdf(file: Uint8Array, ending: 'docx' | 'xlsx'): Promise<Uint8Array> {
  return inFolder(async (folder) => {
    await writeFile(join(folder, `file.${ending}`), file);
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const args = [
      profile,
      '--headless',
      '--convert-to',
      'pdf',
      '--outdir',
      folder,
      join(folder, `file.${ending}`),
    ];
    await run('soffice', args, { timeout: 120_000 });
    return readFile(join(folder, 'file.pdf'));
  });
}

/** The text of each page as it stands there. */
export function pages(pdf: Uint8Array): Promise<string[]> {
  return inFolder(async (folder) => {
    await writeFile(join(folder, 'file.pdf'), pdf);
    const { stdout } = await run('pdftotext', ['-layout', join(folder, 'file.pdf'), '-'], { maxBuffer: 1e8 });
    return stdout.split('\f').slice(0, -1);
  });
}

/** The XML parts of an Office file by path. */
export function parts(file: Uint8Array): Record<string, string> {
  return Object.fromEntries(Object.entries(unzipSync(file)).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

const SENTENCE = '会议认为，问题的共同根子是没有人牵头，习惯于等待部署，要从自己做起、从现在改起。';

/** Minutes of an invented meeting. */
export function minutesReport(more: Partial<Report> = {}): Report {
  return {
    kind: 'minutes',
    title: '第二次线上座谈会会议纪要',
    facts: [
      { label: '时间', text: '2026年3月18日 14:30—15:32' },
      { label: '主持人', text: '周　敏' },
      { label: '列席人员', text: '陆远航　何　清' },
    ],
    blocks: [
      { kind: 'heading', level: 1, text: '一、查摆的问题' },
      { kind: 'paragraph', text: `${SENTENCE}${SENTENCE}` },
      { kind: 'heading', level: 2, text: '（一）教研下沉不够' },
      { kind: 'paragraph', text: SENTENCE },
      { kind: 'heading', level: 3, text: '1. 听课少' },
      {
        kind: 'table',
        columns: [
          { label: '序号', share: 1, align: 'center' },
          { label: '事项', share: 6 },
        ],
        rows: [['1', '每学期听课不少于8节'], ['2']],
      },
    ],
    draft: false,
    made: '2026-03-18T08:00:00.000Z',
    language: 'zh',
    ...more,
  };
}

/** A list of `count` invented problems. */
export function listReport(count: number, more: Partial<Report> = {}): Report {
  return {
    kind: 'list',
    title: '问题清单',
    facts: [],
    blocks: [
      {
        kind: 'table',
        columns: [
          { label: '序号', share: 1, align: 'center' },
          { label: '具体问题（表现）', share: 6 },
          { label: '认领人', share: 2 },
        ],
        rows: Array.from({ length: count }, (_, i) => [String(i + 1), SENTENCE, i % 2 ? '何　清' : '']),
      },
    ],
    draft: false,
    made: '2026-03-18T08:00:00.000Z',
    language: 'zh',
    ...more,
  };
}

/** What people paste: control characters, half a letter, turning marks, letters beyond the BMP, endless words. */
export const HOSTILE = `甲\u0000\u0007\u001B乙\uD800丙\uFFFE\u202E丁 𠮷😀 <w:b>&amp;]]> ${'a'.repeat(300)} ${'字'.repeat(10_000)}`;
