// What a room is about, in the words that screen, minutes, exports and invitations share. No zod here: phones need the words alone.

/** `pair`: one thing to break and one to build. `area`: a work area, whose sides are 短板及原因 and 建议和对策 and whose theme is its name. */
export const ROOM_KINDS = ['pair', 'area'] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

/** A room, or what a meeting kept of it. What was stored before rooms had a kind has none. */
export interface Theme {
  name: string;
  break: string;
  build: string;
  kind?: RoomKind | undefined;
}

/** What the sides of a work area begin with: the only sign that a room of earlier times gives. */
const AREA_BREAK = /^短板/;
const AREA_BUILD = /^(建议|对策)/;
const BREAK_WORD = /^(破除|破解|破)/;
const BUILD_WORD = /^(树立|确立|建立|立)/;

export function roomKind({ kind, break: old, build }: Omit<Theme, 'name'>): RoomKind {
  return kind ?? (AREA_BREAK.test(old.trim()) || AREA_BUILD.test(build.trim()) ? 'area' : 'pair');
}

/** The two sides as they stand under their signs or headings. */
export interface Sides {
  kind: RoomKind;
  break: string;
  build: string;
}

/** Takes the leading 破除 / 树立 off, because the sign 破 or 立 stands before the words; a bare sign stays as it is. */
function bare(side: string, word: RegExp): string {
  const rest = side.trim().replace(word, '').trim();
  return rest === '' ? side.trim() : rest;
}

export function sidesOf(room: Omit<Theme, 'name'>): Sides {
  const kind = roomKind(room);
  if (kind === 'area') return { kind, break: room.break, build: room.build };
  return { kind, break: bare(room.break, BREAK_WORD), build: bare(room.build, BUILD_WORD) };
}

const worded = (side: string, word: RegExp, sign: string): string =>
  side === '' || word.test(side) ? side : `${sign}${side}`;

/** A theme in one line, wherever it is called by one: 破除畏难等靠情绪、树立锐意进取意识; a work area's is its name. */
export function topicName(room: Theme): string {
  if (roomKind(room) === 'area') return room.name;
  const sides = [
    worded(room.break.trim(), BREAK_WORD, '破'),
    worded(room.build.trim(), BUILD_WORD, '立'),
  ].filter((side) => side !== '');
  return sides.length > 0 ? sides.join('、') : room.name;
}

/** 问题类别, in the list and in what is exported of it: what is to be broken, or the work area. */
export function topicClass(room: Theme): string {
  const sides = sidesOf(room);
  return (sides.kind === 'pair' && (sides.break || sides.build)) || room.name;
}
