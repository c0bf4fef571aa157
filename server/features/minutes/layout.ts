import type { Hand, Paragraph, Removed } from '../../../shared/contract/minutes.ts';
import { AppError } from '../../../shared/errors.ts';
import { sectionLength } from '../../../shared/minutes-order.ts';
import type { MinutesRecord } from './collections.ts';
import { open, standing, tooLate } from './rules.ts';

// Which paragraphs there are and in what order, by hand. Each step is done once however often it is asked for.

/** So many paragraphs may be added to one draft, taken out again or not. */
const MOST_ADDED = 500;

const removedOf = (record: MinutesRecord): readonly Removed[] => record.removed ?? [];

/** Where `after` is now: behind it, or behind what it stood behind when it was taken out. Undefined when nobody knows it. */
function placeBehind(
  paragraphs: readonly Paragraph[],
  removed: readonly Removed[],
  after: string,
): number | undefined {
  const seen = new Set<string>();
  for (let id = after; !seen.has(id); ) {
    if (id === '') return 0;
    const at = paragraphs.findIndex((each) => each.id === id);
    if (at >= 0) return at + 1;
    seen.add(id);
    id = removed.find((each) => each.paragraph.id === id)?.after ?? id;
  }
  return undefined;
}

const changed = () => new AppError('CONFLICT', 'minutes.changed');

interface Addition {
  id: string;
  after: string;
  kind: Paragraph['kind'];
  text: string;
}

export function add(record: MinutesRecord, { id, after, kind, text }: Addition, hand: Hand): MinutesRecord {
  open(record);
  const removed = removedOf(record);
  const all = [...record.paragraphs, ...removed.map(({ paragraph }) => paragraph)];
  if (all.some((each) => each.id === id)) return record;
  if (all.filter((each) => each.added).length >= MOST_ADDED) throw new AppError('TOO_LARGE', 'minutes.large');
  const place = placeBehind(record.paragraphs, removed, after);
  if (place === undefined) throw changed();
  const made: Paragraph = {
    ...{ id, kind, label: '', from: [], composed: '', rev: 1 },
    ...{ edited: { text, ...hand }, added: hand },
  };
  return { ...record, paragraphs: record.paragraphs.toSpliced(place, 0, made) };
}

/** Behind the last of those that were taken out from here before, so that they come back in their order. */
function lastRemovedBehind(removed: readonly Removed[], after: string): string {
  const next = removed.findLast((each) => each.after === after);
  return next ? lastRemovedBehind(removed, next.paragraph.id) : after;
}

export function remove(record: MinutesRecord, id: string, rev: number, hand: Hand): MinutesRecord {
  open(record);
  const removed = removedOf(record);
  if (removed.some((each) => each.paragraph.id === id)) return record;
  const found = standing(record, id);
  if (found.rev !== rev) throw tooLate(found);
  const at = record.paragraphs.indexOf(found);
  const after = lastRemovedBehind(removed, record.paragraphs[at - 1]?.id ?? '');
  const out = { ...hand, paragraph: { ...found, rev: rev + 1 }, after };
  return { ...record, paragraphs: record.paragraphs.toSpliced(at, 1), removed: [...removed, out] };
}

export function restore(record: MinutesRecord, id: string): MinutesRecord {
  open(record);
  if (record.paragraphs.some((each) => each.id === id)) return record;
  const removed = removedOf(record);
  const out = removed.find((each) => each.paragraph.id === id);
  if (!out || (out.paragraph.composed === '' && !out.paragraph.edited))
    throw new AppError('NOT_FOUND', 'paragraph.unknown');
  const rest = removed.filter((each) => each !== out);
  const place = placeBehind(record.paragraphs, rest, out.after) ?? record.paragraphs.length;
  return { ...record, paragraphs: record.paragraphs.toSpliced(place, 0, out.paragraph), removed: rest };
}

interface Move {
  id: string;
  /** Behind what it stood when it was read. */
  was: string;
  after: string;
  undo?: boolean | undefined;
}

export function move(record: MinutesRecord, { id, was, after, undo }: Move, hand: Hand): MinutesRecord {
  open(record);
  const { paragraphs } = record;
  const found = standing(record, id);
  const at = paragraphs.indexOf(found);
  const before = paragraphs[at - 1]?.id ?? '';
  if (before === after) return record;
  if (placeBehind(paragraphs, removedOf(record), was) !== at)
    throw new AppError('CONFLICT', 'minutes.moved', { facts: { by: found.moved?.by ?? '' } });
  const block = paragraphs.slice(at, at + sectionLength(paragraphs, at));
  const rest = paragraphs.filter((each) => !block.includes(each));
  const place = placeBehind(rest, removedOf(record), after);
  if (place === undefined) throw changed();
  const put = block.map(({ moved: _moved, ...each }) => (undo ? each : { ...each, moved: hand }));
  return { ...record, paragraphs: rest.toSpliced(place, 0, ...put) };
}
