import { withoutUnseen } from '../../../shared/names.ts';

const HAN = '\\p{Script=Han}';
const INNER_BLANK = new RegExp(`(?<=${HAN})\\s+(?=${HAN})`, 'gu');
const DOTS = new RegExp(`(?<=${HAN})\\s*[·•・．∙⋅‧●.]\\s*(?=${HAN})`, 'gu');

/** A cell without what a copy from a web page or a chat leaves in it unseen, blanks at its ends, and with one blank where there were several. */
export function tidy(cell: string): string {
  return withoutUnseen(cell).replace(/\s+/g, ' ').trim();
}

/** A person's name as it is stored: 陆　川 is 陆川, 阿不都•热合曼 is 阿不都·热合曼, Anna  Lee is Anna Lee. */
export function personName(cell: string): string {
  return tidy(withoutUnseen(cell).replace(DOTS, '·').replace(INNER_BLANK, ''));
}

/** A unit's name: Chinese words are not parted by blanks. */
export function unitName(cell: string): string {
  return tidy(withoutUnseen(cell).replace(INNER_BLANK, ''));
}

/** A telephone number: full-width figures become plain, Excel's apostrophe and a cell's `.0` go. */
export function phone(cell: string): string {
  return tidy(cell.normalize('NFKC'))
    .replace(/^'/, '')
    .replace(/^(\d{5,})\.0+$/, '$1');
}

/** True for a number that a spreadsheet has shortened to 1.38E+10: its last figures are lost. */
export function isShortened(number: string): boolean {
  return /^\d(\.\d+)?E\+?\d+$/i.test(number);
}

/** Letters of a private area are somebody's own drawings (造字): other computers show something else. */
export function hasPrivateUse(text: string): boolean {
  return /[\uE000-\uF8FF\u{F0000}-\u{10FFFD}]/u.test(text);
}

const ERROR =
  /^#(REF|N\/A|VALUE|NAME|DIV\/0|NULL|NUM|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|GETTING_DATA|UNKNOWN)[!?]?$/i;

/** What a broken formula leaves in a cell of words: its error, 0 for a cell that is not there, or itself without a result. */
export function isFault(text: string): boolean {
  return text === '0' || text.startsWith('=') || ERROR.test(text);
}

const TOTAL = /^(合计|总计|小计|共计)([:：\d共人]|$)/;
const SIGNED =
  /^(制表|填表|填报|审核|经办|负责|联系)(人|单位|日期|时间)?[:：]|^(制表|填表|填报|审核|经办)人$/;
const REMARK = /^(备注|说明|注)[:：]/;

/** Rows under the people: 合计, 制表人：…, 注：…. */
export function isFooter(cells: readonly string[]): boolean {
  const first = (cells.find((cell) => cell.trim() !== '') ?? '').replace(/\s/g, '');
  return TOTAL.test(first) || SIGNED.test(first) || REMARK.test(first);
}
