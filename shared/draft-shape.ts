// What a draft can hold, as data: the editor's schema (checked against it by a test) for whoever has no editor.

/** What may stand inside of a node. */
export type Within =
  /** One block or more. */
  | 'blocks'
  /** A paragraph, then any blocks. */
  | 'item'
  /** Text with marks, and line breaks. */
  | 'inline'
  /** Text without marks. */
  | 'plain'
  /** One of this or more. */
  | 'listItem'
  | 'taskItem'
  | 'tableRow'
  /** Cells and header cells, or none. */
  | 'cell'
  | 'nothing';

type Check = (value: unknown) => boolean;
interface NodeShape {
  within: Within;
  /** An attribute with a value that fails its check counts as not given. */
  attrs: Readonly<Record<string, Check>>;
}

export const MAX_TABLE_COLUMNS = 64;
export const MAX_TABLE_ROWS = 1_000;
const MAX_HREF = 2_000;

const whole =
  (min: number, max: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
const words =
  (form: RegExp): Check =>
  (value) =>
    value === null || (typeof value === 'string' && form.test(value));
const widths: Check = (value) =>
  value === null ||
  (Array.isArray(value) && value.length <= MAX_TABLE_COLUMNS && value.every(whole(0, 10_000)));

const CELL: NodeShape = {
  within: 'blocks',
  attrs: {
    colspan: whole(1, MAX_TABLE_COLUMNS),
    rowspan: whole(1, MAX_TABLE_ROWS),
    colwidth: widths,
    align: words(/^[a-z]{1,16}$/),
  },
};

export const NODES: ReadonlyMap<string, NodeShape> = new Map<string, NodeShape>([
  ['paragraph', { within: 'inline', attrs: {} }],
  ['heading', { within: 'inline', attrs: { level: whole(1, 6) } }],
  ['blockquote', { within: 'blocks', attrs: {} }],
  ['codeBlock', { within: 'plain', attrs: { language: words(/^[\w+#.-]{1,40}$/) } }],
  ['horizontalRule', { within: 'nothing', attrs: {} }],
  ['bulletList', { within: 'listItem', attrs: {} }],
  [
    'orderedList',
    { within: 'listItem', attrs: { start: whole(0, 1_000_000), type: words(/^[a-zA-Z0-9]{1,8}$/) } },
  ],
  ['taskList', { within: 'taskItem', attrs: {} }],
  ['table', { within: 'tableRow', attrs: {} }],
  ['listItem', { within: 'item', attrs: {} }],
  ['taskItem', { within: 'item', attrs: { checked: (value) => typeof value === 'boolean' } }],
  ['tableRow', { within: 'cell', attrs: {} }],
  ['tableCell', CELL],
  ['tableHeader', CELL],
  ['hardBreak', { within: 'nothing', attrs: {} }],
]);

const BLOCKS = new Set([
  ...['paragraph', 'heading', 'blockquote', 'codeBlock', 'horizontalRule'],
  ...['bulletList', 'orderedList', 'taskList', 'table'],
]);

/** Whether a node of this name may stand there. */
export function fits(name: string, within: Within): boolean {
  switch (within) {
    case 'blocks':
    case 'item':
      return BLOCKS.has(name);
    case 'inline':
      return name === 'hardBreak';
    case 'cell':
      return name === 'tableCell' || name === 'tableHeader';
    case 'plain':
    case 'nothing':
      return false;
    default:
      return name === within;
  }
}

const short = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.length <= MAX_HREF);
const given: Check = (value) => value === true || (typeof value === 'object' && value !== null);

/** Marks and what their value in a text's formatting may be. */
export const MARKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['bold', given],
  ['italic', given],
  ['strike', given],
  ['underline', given],
  ['code', given],
  [
    'link',
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      ['href', 'target', 'rel', 'class', 'title'].every((key) =>
        short((value as Record<string, unknown>)[key]),
      ),
  ],
]);
