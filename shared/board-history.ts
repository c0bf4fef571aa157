import { z } from 'zod';
import * as Y from 'yjs';
import { DRAFT_FIELD, readRows, rowMap, rowsOf } from './board.ts';
import { type DraftNode, draftNodes, readable, sharedTypes } from './draft-json.ts';
import { BLANK_ROW, hasWords, type ProblemRow, type ScalarField, TEXTS, type TextField } from './problem.ts';

/** Why a former state was kept: a meeting's start or end, a day with changes, or somebody went back to an earlier one. */
export const SnapshotReason = z.enum(['start', 'end', 'daily', 'return']);
export type SnapshotReason = z.infer<typeof SnapshotReason>;

/** Everything that one of the two documents says, without what was deleted from it. */
export type BoardContent = { part: 'list'; rows: ProblemRow[] } | { part: 'draft'; nodes: DraftNode[] };

/** The same for the wire: rows and nodes as they were read, which may be longer than a cell of today takes. */
export const BoardContent = z.discriminatedUnion('part', [
  z.object({ part: z.literal('list'), rows: z.array(z.looseObject({ rowId: z.string() })) }),
  z.object({ part: z.literal('draft'), nodes: z.array(z.looseObject({ type: z.string() })) }),
]) as unknown as z.ZodType<BoardContent>;

export function contentOf(part: BoardContent['part'], doc: Y.Doc): BoardContent {
  return part === 'list'
    ? { part, rows: readRows(doc).rows }
    : { part, nodes: draftNodes(doc.getXmlFragment(DRAFT_FIELD)) };
}

/** True if there is nothing in it to go back to. */
export const isBlank = (content: BoardContent): boolean =>
  content.part === 'list' ? !content.rows.some(hasWords) : content.nodes.length === 0;

/** Makes the document say what it said then, by as small an edit as it takes: what is the same stays the same piece. */
export function goBackTo(doc: Y.Doc, content: BoardContent): void {
  if (content.part === 'list') restoreRows(doc, content.rows);
  else restoreNodes(doc.getXmlFragment(DRAFT_FIELD), content.nodes);
}

function restoreNodes(root: Y.XmlFragment, nodes: readonly DraftNode[]): void {
  const now = root.toArray().map((child) => JSON.stringify(readable(child, 'blocks')));
  const then = nodes.map((node) => JSON.stringify([node]));
  const { start, end } = sameEnds(now, then);
  root.delete(start, now.length - start - end);
  root.insert(start, sharedTypes(nodes.slice(start, nodes.length - end)));
}

/** Rows that were made since are withdrawn, where they can be found again: rows are never removed. */
function restoreRows(list: Y.Doc, rows: readonly ProblemRow[]): void {
  for (const row of rows) {
    const map = rowMap(list, row.rowId);
    if (map) restoreRow(map, row);
    else rowsOf(list).set(row.rowId, newRow(row));
  }
  const kept = new Set(rows.map((row) => row.rowId));
  for (const { rowId, withdrawn } of readRows(list).rows)
    if (!kept.has(rowId) && !withdrawn) rowMap(list, rowId)?.set('withdrawn', true);
}

const scalarsOf = (row: ProblemRow): [string, unknown][] => [
  ...(Object.keys(BLANK_ROW) as ScalarField[]).map((field): [string, unknown] => [field, row[field]]),
  ['order', row.order],
];
const TEXT_FIELDS = Object.keys(TEXTS) as TextField[];

function newRow(row: ProblemRow): Y.Map<unknown> {
  const texts = TEXT_FIELDS.map((field): [string, unknown] => [field, new Y.Text(row[field])]);
  return new Y.Map<unknown>([...scalarsOf(row), ...texts]);
}

function restoreRow(map: Y.Map<unknown>, row: ProblemRow): void {
  for (const [field, value] of scalarsOf(row)) if (map.get(field) !== value) map.set(field, value);
  for (const field of TEXT_FIELDS) {
    const text = map.get(field);
    if (text instanceof Y.Text) restoreText(text, row[field]);
    else map.set(field, new Y.Text(row[field]));
  }
}

function restoreText(text: Y.Text, then: string): void {
  const now = text.toString();
  // Something embedded: places in the text and in the string are not the same.
  const [from, to] = now.length === text.length ? [[...now], [...then]] : [[], [...then]];
  const { start, end } = sameEnds(from, to);
  const at = from.slice(0, start).join('').length;
  const tail = from.slice(from.length - end).join('').length;
  text.delete(at, text.length - at - tail);
  text.insert(at, to.slice(start, to.length - end).join(''));
}

/** How many are the same at the start and, of the others, at the end. */
function sameEnds(now: readonly string[], then: readonly string[]): { start: number; end: number } {
  const least = Math.min(now.length, then.length);
  let start = 0;
  while (start < least && now[start] === then[start]) start++;
  let end = 0;
  while (end < least - start && now.at(-1 - end) === then.at(-1 - end)) end++;
  return { start, end };
}
