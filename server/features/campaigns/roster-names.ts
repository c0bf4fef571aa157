import { withoutUnseen } from '../../../shared/names.ts';
import { personName } from './roster-cell.ts';

const BETWEEN = /[、，,;；/／|\n]/;
const IN_BRACKETS = /[（(【[][^）)】\]]*[）)】\]]/g;
const HAN_NAME = /^\p{Script=Han}{2,3}$/u;
const DOTTED = /^\p{Script=Han}+(?:·\p{Script=Han}+)+$/u;
const OFFICE =
  /(主任|书记|校长|园长|院长|局长|科长|处长|部长|组长|主席|委员|干事|助理|秘书|教师|老师|教授|教研员|班主任|负责人)$/;
const COMPOUND =
  /^(欧阳|太史|上官|端木|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|令狐|百里|呼延|东郭|南门)/;

const plain = (name: string): boolean =>
  !OFFICE.test(name) &&
  (HAN_NAME.test(name) || DOTTED.test(name) || (COMPOUND.test(name) && /^\p{Script=Han}{4}$/u.test(name)));

/** 张三　李四 may be two people or one with a blank; 陆　川, 欧 阳 静 怡 and 欧阳　静怡 are one. */
function partedByBlanks(text: string): boolean {
  const parts = text.split(/\s+/).filter((part) => part !== '');
  const han = parts.every((part) => /^\p{Script=Han}{2,}$/u.test(part));
  return (
    parts.length > 1 &&
    han &&
    !(parts.length === 2 && COMPOUND.test(`${parts[0]} `) && parts[0]!.length === 2)
  );
}

/**
 * The names that a cell holds: one as a rule. Several are told apart only where that is certain: 张三、李四, each a plain name. Undefined
 * where it may be several people and a person has to say who.
 */
export function namesIn(cell: string): string[] | undefined {
  const text = withoutUnseen(cell).trim();
  const bare = text.replace(IN_BRACKETS, '');
  if (/等\s*[\d０-９一二三四五六七八九十两几]*\s*[人名位]$/.test(bare)) return undefined;
  if (!BETWEEN.test(bare)) return partedByBlanks(bare) ? undefined : [personName(text)];
  const parts = text
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (bare !== text || parts.some((part) => partedByBlanks(part))) return undefined;
  const names = parts.map(personName);
  return names.length === 1 || names.every(plain) ? names : undefined;
}

/** Whether a post is written for several people, so that it is open who has which: 主任、教师. */
export const forSeveral = (text: string): boolean => BETWEEN.test(text.trim());
