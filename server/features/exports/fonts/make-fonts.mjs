// Makes the three font files of this folder; README.md says how to run it. Not part of the build.
// Usage: bzcat Unihan_OtherMappings.txt.bz2 | node make-fonts.mjs FOLDER-WITH-NODE_MODULES
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const scratch = path.resolve(process.argv[2] ?? '.');
const subsetFont = createRequire(path.join(scratch, 'package.json'))('subset-font');
const source = (file) => path.join(scratch, 'node_modules/@expo-google-fonts', file);

// The regular face steps in wherever another lacks a character, so it alone has the traditional ones as well.
const FILES = [
  ['NotoSerifSC-Regular.ttf', 'noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf', true],
  ['NotoSerifSC-Bold.ttf', 'noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'],
  ['NotoSansSC-Regular.ttf', 'noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'],
];

// Latin, punctuation, marks and numbers that Chinese documents use beyond GB 2312.
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x2010, 0x2027],
  [0x2030, 0x203b],
  [0x2070, 0x209f],
  [0x20a0, 0x20bf],
  [0x2100, 0x214f],
  [0x2150, 0x218f],
  [0x2190, 0x2199],
  [0x2200, 0x226b],
  [0x2460, 0x24ff],
  [0x25a0, 0x25ef],
  [0x2600, 0x2642],
  [0x2713, 0x2718],
  [0x3000, 0x303f],
  [0x3220, 0x3247],
  [0x3280, 0x32b0],
  [0x3380, 0x33df],
  [0xff01, 0xff65],
  [0xffe0, 0xffe6],
];

/** The 5,401 common characters of Big5. */
function traditional() {
  const decode = new TextDecoder('big5');
  let text = '';
  for (let row = 0xa4; row <= 0xc6; row++)
    for (let cell = 0x40; cell <= 0xfe; cell++)
      if (cell < 0x7f || cell > 0xa0) text += decode.decode(Uint8Array.of(row, cell));
  return text.replace(/[^\p{Script=Han}]/gu, '');
}

function gb2312() {
  const decode = new TextDecoder('gbk');
  let text = '';
  for (let row = 0xa1; row <= 0xf7; row++) {
    if (row > 0xa9 && row < 0xb0) continue;
    for (let cell = 0xa1; cell <= 0xfe; cell++) text += decode.decode(Uint8Array.of(row, cell));
  }
  return text.replace(/[\uE000-\uF8FF\uFFFD]/g, '');
}

/** The 8,105 characters of 通用规范汉字表: the field kTGH of Unihan. */
function general(unihan) {
  const hex = [...unihan.matchAll(/^U\+([0-9A-F]+)\tkTGH\t/gm)].map((m) => Number.parseInt(m[1], 16));
  if (hex.length !== 8105) throw new Error(`expected 8105 characters with kTGH, found ${hex.length}`);
  return String.fromCodePoint(...hex);
}

const symbols = RANGES.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)),
).join('');
const characters = gb2312() + symbols + general(readFileSync(0, 'utf8'));

for (const [name, file, whole] of FILES) {
  const font = await subsetFont(readFileSync(source(file)), whole ? characters + traditional() : characters, {
    targetFormat: 'truetype',
    noLayoutClosure: true,
  });
  writeFileSync(new URL(name, import.meta.url), font);
  console.log(name, font.length);
}
