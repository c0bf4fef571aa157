import * as Y from 'yjs';
import type { z } from 'zod';
import { AppError } from './errors.ts';
import { Id } from './fields.ts';
import type { FrozenRow } from './log.ts';
import {
  BLANK_ROW,
  hasWords,
  MAX_CELL_TEXT,
  MAX_ROWS,
  type ProblemRow,
  SCALARS,
  type ScalarField,
  type Scalars,
  SOURCE_LABEL,
  TEXTS,
  type TextField,
} from './problem.ts';
import { byOrder, isOrderKey, placed } from './row-order.ts';

// The shape of a board's two Yjs documents. A list holds rows: Y.Map<rowId, Y.Map>, so that moving a row changes one
// key and loses no edit made meanwhile, and meta: { schema: 1 }. A draft holds one fragment.

export type BoardPart = 'list' | 'draft';
export const DRAFT_FIELD = 'body';
const SCHEMA = 1;
/** Longer than a cell may be: two people can fill it at once. What lies beyond is cut by readers and reported. */
const READ_LIMIT = MAX_CELL_TEXT * 4;

/** `list.<boardId>` or `draft.<boardId>`. */
export const documentName = (part: BoardPart, boardId: string): string => `${part}.${boardId}`;

/** Undefined for anything that is no document of a board. */
export function parseDocumentName(name: string): { part: BoardPart; boardId: string } | undefined {
  const [, part, boardId] = /^(list|draft)\.(.+)$/.exec(name) ?? [];
  return part && Id.safeParse(boardId).success ? { part: part as BoardPart, boardId: boardId! } : undefined;
}

export const rowsOf = (list: Y.Doc): Y.Map<unknown> => list.getMap('rows');

/** The row's own map; undefined when there is none or something else stands in its place. */
export function rowMap(list: Y.Doc, rowId: string): Y.Map<unknown> | undefined {
  const value = rowsOf(list).get(rowId);
  return isExactly(value, Y.Map) ? (value as Y.Map<unknown>) : undefined;
}

/** The shared text of a long cell. */
export function textOf(list: Y.Doc, rowId: string, field: TextField): Y.Text | undefined {
  const value = rowMap(list, rowId)?.get(field);
  return isExactly(value, Y.Text) ? value : undefined;
}

// instanceof would take a Y.XmlText for a Y.Text
function isExactly<T>(value: unknown, type: new (...args: never[]) => T): value is T {
  return typeof value === 'object' && value !== null && value.constructor === type;
}

/* ── reading ── */

/** `field` is '' when the whole row was skipped; a bad field reads as blank and its row stays. */
export interface Malformed {
  rowId: string;
  field: string;
  reason: 'key' | 'type' | 'value' | 'long' | 'schema';
}

export interface ListReading {
  /** In the order of the sheet, withdrawn rows included. */
  rows: ProblemRow[];
  malformed: Malformed[];
}

/** Reads a list whatever stands in it: skips what is malformed, reports it, never throws. */
export function readRows(list: Y.Doc): ListReading {
  const rows: ProblemRow[] = [];
  const malformed: Malformed[] = [];
  const schema = list.getMap('meta').get('schema');
  if (schema !== undefined && schema !== SCHEMA)
    malformed.push({ rowId: '', field: 'schema', reason: 'schema' });
  for (const [rowId, value] of rowsOf(list)) {
    const report: Report = (field, reason) => {
      malformed.push({ rowId, field, reason });
    };
    if (!Id.safeParse(rowId).success) report('', 'key');
    else if (!isExactly(value, Y.Map)) report('', 'type');
    else {
      const row = readRow(rowId, value as Y.Map<unknown>, report);
      if (row) rows.push(row);
    }
  }
  return { rows: rows.sort(byOrder), malformed };
}

type Report = (field: string, reason: Malformed['reason']) => undefined;

function readRow(rowId: string, map: Y.Map<unknown>, report: Report): ProblemRow | undefined {
  const problem = readText(map, 'problem', report);
  if (problem === undefined) return report('', 'type');
  const cause = readText(map, 'cause', report) ?? '';
  const order = map.get('order');
  if (!isOrderKey(order)) report('order', 'value');
  const row: ProblemRow = { rowId, ...BLANK_ROW, problem, cause, order: isOrderKey(order) ? order : '' };
  for (const field of Object.keys(SCALARS) as ScalarField[]) {
    const value = map.get(field);
    if (value === undefined) continue;
    const parsed = SCALARS[field].safeParse(value);
    if (parsed.success) Object.assign(row, { [field]: parsed.data });
    else report(field, 'value');
  }
  return row;
}

function readText(map: Y.Map<unknown>, field: TextField, report: Report): string | undefined {
  const text = map.get(field);
  if (!isExactly(text, Y.Text)) return report(field, 'type');
  const whole = text.toString();
  if (whole.length !== text.length || whole.includes('\0')) report(field, 'value');
  const plain = whole.replaceAll('\0', '');
  if (plain.length <= READ_LIMIT) return plain;
  report(field, 'long');
  return plain.slice(0, READ_LIMIT).replace(/[\uD800-\uDBFF]$/, '');
}

/** Rows as they stand in an `ended` entry, empty ones left out: topics by name, since the log must read the same after a renaming. */
export function freeze(rows: readonly ProblemRow[], topicNames: ReadonlyMap<string, string>): FrozenRow[] {
  return rows
    .filter(hasWords)
    .map(({ rowId, topic, problem, cause, source, sourceNote, withdrawn, proposer }) => {
      const from = source === '' ? '' : SOURCE_LABEL[source].zh;
      const note = sourceNote.trim();
      const said = from && note ? `${from}（${note}）` : from || note;
      const who = proposer.trim();
      return {
        ...{ rowId, topic: topicNames.get(topic) ?? '', problem, cause, source: said, withdrawn },
        ...(who !== '' && { proposer: who }),
      };
    });
}

/** The words of a draft, one line a block. */
export function draftText(draft: Y.Doc): string {
  const lines: string[] = [];
  const walk = (node: Y.XmlFragment): void => {
    const texts = node.toArray().filter((child) => child instanceof Y.XmlText);
    if (texts.length > 0) lines.push(texts.map(wordsOf).join(''));
    for (const child of node.toArray()) if (child instanceof Y.XmlFragment) walk(child);
  };
  walk(draft.getXmlFragment(DRAFT_FIELD));
  return lines.join('\n');
}

const wordsOf = (text: Y.XmlText): string =>
  (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('');

/* ── writing ── */

/** What a new row starts with. `rowId` is made by whoever creates it. */
export type RowDraft = { rowId: string } & Partial<Scalars> & Partial<Record<TextField, string>>;

/**
 * Makes the row at the end of the list unless one of this id stands there; true if it was made. Only the row's one
 * creator may call it: two who make the same row at once would overwrite each other's texts. INVALID_INPUT for a value
 * that does not fit its column.
 */
export function ensureRow(list: Y.Doc, draft: RowDraft, origin?: unknown): boolean {
  const rows = rowsOf(list);
  check(Id, draft.rowId, 'rowId');
  if (rows.has(draft.rowId)) return false;
  const { rowId, problem = '', cause = '', ...given } = draft;
  const scalars = Object.entries({ ...BLANK_ROW, ...given });
  for (const [field, value] of scalars) check(SCALARS[field as ScalarField], value, field);
  const texts = {
    problem: check(TEXTS.problem, problem, 'problem'),
    cause: check(TEXTS.cause, cause, 'cause'),
  };
  const order = placed(readRows(list).rows, rowId, null).get(rowId)!;
  list.transact(() => {
    if (list.getMap('meta').get('schema') === undefined) list.getMap('meta').set('schema', SCHEMA);
    const shared = Object.entries(texts).map(([field, text]) => [field, new Y.Text(text)] as const);
    rows.set(rowId, new Y.Map<unknown>([...scalars, ['order', order], ...shared]));
  }, origin);
  return true;
}

/**
 * Makes a row for a person. It is born withdrawn and then shown under `origin`: to undo that withdraws the row again,
 * while undoing its making would delete what others have written into it. TOO_LARGE `board.full` at 1,000 rows.
 */
export function addRow(list: Y.Doc, draft: RowDraft, origin: unknown): void {
  if (rowsOf(list).size >= MAX_ROWS)
    throw new AppError('TOO_LARGE', 'board.full', { facts: { max: MAX_ROWS } });
  if (ensureRow(list, { ...draft, withdrawn: true })) setField(list, draft.rowId, 'withdrawn', false, origin);
}

/** Sets a short column; the last writer wins. NOT_FOUND without the row, INVALID_INPUT for a value that does not fit. */
export function setField<F extends ScalarField>(
  list: Y.Doc,
  rowId: string,
  field: F,
  value: Scalars[F],
  origin?: unknown,
): void {
  const map = rowMap(list, rowId);
  if (!map) throw new AppError('NOT_FOUND', 'row.unknown');
  check(SCALARS[field], value, field);
  if (map.get(field) !== value) list.transact(() => map.set(field, value), origin);
}

/** Takes the row out of the list, where it can be found again: rows are never removed. */
export const withdrawRow = (list: Y.Doc, rowId: string, origin?: unknown): void =>
  setField(list, rowId, 'withdrawn', true, origin);
export const restoreRow = (list: Y.Doc, rowId: string, origin?: unknown): void =>
  setField(list, rowId, 'withdrawn', false, origin);

/** Puts the row before another one, or at the end for null. An unknown `before` counts as the end. */
export function moveRow(list: Y.Doc, rowId: string, before: string | null, origin?: unknown): void {
  if (!rowMap(list, rowId)) throw new AppError('NOT_FOUND', 'row.unknown');
  if (rowId === before) return;
  const others = readRows(list).rows.filter((row) => row.rowId !== rowId);
  const keys = placed(others, rowId, before);
  list.transact(() => {
    for (const [id, order] of keys) rowMap(list, id)?.set('order', order);
  }, origin);
}

function check<S extends z.ZodType>(schema: S, value: unknown, field: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const reason = issue.code === 'custom' ? issue.message : 'board.value';
  const facts = issue.code === 'custom' && issue.params ? { facts: issue.params as { max: number } } : {};
  throw new AppError('INVALID_INPUT', reason, { ...facts, fields: [{ path: field, reason }] });
}
