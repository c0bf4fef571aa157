// What a name that somebody chooses may be made of, and which names nobody may choose. Without zod, so that pages can ask too.

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;
const BIDI = /\p{Bidi_Control}/u;
// Besides what Unicode calls ignorable and formatting: the blank of Braille and the blank note head, which are drawn as nothing.
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\u{1D159}]/u;
const KINDS = [
  ['name.control', CONTROL],
  ['name.bidi', BIDI],
  ['name.invisible', UNSEEN],
] as const;

const written = (sign: string) => `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * The first character of a name that two names can differ by without anybody seeing it, or that turns the text beside it round:
 * `name.control`, `name.bidi` or `name.invisible`, with its code (`U+2060`). Undefined for a plain name.
 */
export function oddInName(name: string): { reason: (typeof KINDS)[number][0]; sign: string } | undefined {
  for (const [reason, kind] of KINDS) {
    const found = kind.exec(name);
    if (found) return { reason, sign: written(found[0]) };
  }
  return undefined;
}

/** A text without what is never seen, for what a spreadsheet brings; blanks and line ends stay. */
export const withoutUnseen = (text: string): string =>
  text.replace(
    /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}]/gu,
    '',
  );

/** What is left of a name when width, case, blanks, marks and everything unseen do not count: 【主 持 人】 is 主持人. */
export const lookOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]|[\p{Default_Ignorable_Code_Point}]/gu, '');

/** No person's name holds one of these, wherever it stands in it: 会议主持人 is nobody either. */
const TITLES = [
  ...[
    '管理员',
    '管理員',
    '主持人',
    '记录人',
    '記錄人',
    '记录员',
    '記錄員',
    '工作人员',
    '工作人員',
    '观察员',
    '觀察員',
  ],
  ...['administrator', 'moderator', 'notetaker', '破立系统'],
];
/** These are nobody's name as a whole; as a part they may be (系统 in 系统工程处). */
const WORDS = new Set([
  ...[
    '系统',
    '系統',
    '系统消息',
    '系统通知',
    '官方',
    '客服',
    '后台',
    '主持',
    '主席台',
    '会务组',
    '会务',
    '秘书处',
    '办公室',
  ],
  ...[
    'admin',
    'system',
    'root',
    'superuser',
    'host',
    'staff',
    'official',
    'support',
    'security',
    'poli',
    '破立',
  ],
  ...['observer', 'guest', 'anonymous', 'nobody', 'everyone', '所有人', '全体成员', '匿名', '无名氏'],
]);

/** `name.reserved` for what reads like an office and not like a person; undefined for everybody else. */
export function reservedName(name: string): 'name.reserved' | undefined {
  const look = lookOf(name);
  // A name of marks alone reads like nobody.
  const taken = look === '' || WORDS.has(look) || TITLES.some((title) => look.includes(title));
  return taken ? 'name.reserved' : undefined;
}
