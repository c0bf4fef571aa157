/** The two sides of a room as they are shown. */
export interface Sides {
  /** `pair`: 破 and 立. `area`: a work area, whose sides are 短板 and 对策 and whose theme is the room's name. */
  kind: 'pair' | 'area';
  break: string;
  build: string;
}

const BREAK_WORD = /^(破除|破解|破)/;
const BUILD_WORD = /^(树立|确立|立)/;

/** Takes the leading 破除 / 树立 off, because the sign 破 or 立 stands before the words; a bare sign stays as it is. */
function bare(side: string, word: RegExp): string {
  const rest = side.trim().replace(word, '').trim();
  return rest === '' ? side.trim() : rest;
}

export function sidesOf(room: { break: string; build: string }): Sides {
  if (/^短板/.test(room.break) || /^(建议|对策)/.test(room.build))
    return { kind: 'area', break: room.break, build: room.build };
  return { kind: 'pair', break: bare(room.break, BREAK_WORD), build: bare(room.build, BUILD_WORD) };
}

/** A room's theme in one line: 破畏难等靠情绪、立锐意进取意识; a work area's is its name. */
export function topicLine(room: { name: string; break: string; build: string }): string {
  const sides = sidesOf(room);
  if (sides.kind === 'area') return room.name;
  const line = [sides.break && `破${sides.break}`, sides.build && `立${sides.build}`]
    .filter(Boolean)
    .join('、');
  return line || room.name;
}
