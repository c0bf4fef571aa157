import { createHash } from 'node:crypto';
import type { Paragraph } from '../../../shared/contract/minutes.ts';
import { AppError } from '../../../shared/errors.ts';
import type { MinutesRecord } from './collections.ts';

type Composed = Pick<Paragraph, 'id' | 'kind' | 'label' | 'from' | 'composed'>;

/** What is printed of a paragraph. */
export const textOf = (paragraph: Paragraph): string => paragraph.edited?.text ?? paragraph.composed;

/**
 * The new composition with the hand's edits kept. An edited paragraph that the log no longer gives (its message was recalled)
 * stays where it stood, after the paragraph before it.
 */
export function merge(old: readonly Paragraph[], composed: readonly Composed[]): Paragraph[] {
  const known = new Map(old.map((paragraph) => [paragraph.id, paragraph]));
  const merged: Paragraph[] = composed.map((each) => {
    const before = known.get(each.id);
    if (!before) return { ...each, rev: 1 };
    const changed = before.composed !== each.composed;
    return {
      ...each,
      rev: before.rev + (changed ? 1 : 0),
      ...(before.edited ? { edited: before.edited } : {}),
    };
  });
  const given = new Set(composed.map((each) => each.id));
  old.forEach((paragraph, at) => {
    if (!paragraph.edited || given.has(paragraph.id)) return;
    const neighbour = old.slice(0, at).findLast((each) => merged.some((m) => m.id === each.id));
    const place = neighbour ? merged.findIndex((m) => m.id === neighbour.id) + 1 : 0;
    merged.splice(place, 0, { ...paragraph, composed: '', from: [] });
  });
  return merged;
}

/** Changes one paragraph if nobody was faster: CONFLICT `minutes.edited` tells who (facts.by) and when (facts.at). */
export function change(
  record: MinutesRecord,
  paragraphId: string,
  rev: number,
  edited: Paragraph['edited'],
): MinutesRecord {
  if (record.sealing || record.sealed) throw new AppError('WRONG_STATE', 'minutes.sealed');
  const found = record.paragraphs.find((each) => each.id === paragraphId);
  if (!found) throw new AppError('NOT_FOUND', 'paragraph.unknown');
  if (found.rev !== rev) {
    const facts = found.edited ? { by: found.edited.by, at: found.edited.at } : { by: '', at: '' };
    throw new AppError('CONFLICT', found.edited ? 'minutes.edited' : 'minutes.recomposed', { facts });
  }
  const { edited: _old, ...plain } = found;
  const next: Paragraph = { ...plain, rev: rev + 1, ...(edited ? { edited } : {}) };
  return { ...record, paragraphs: record.paragraphs.map((each) => (each.id === paragraphId ? next : each)) };
}

/**
 * SHA-256 in hex of the printed text: UTF-8 JSON of `[title, [kind, label, text], …]` in order. Anybody with the text can
 * compute it again.
 */
export function sealDigest(title: string, paragraphs: readonly Paragraph[]): string {
  const printed = [title, ...paragraphs.map((each) => [each.kind, each.label, textOf(each)])];
  return createHash('sha256').update(JSON.stringify(printed), 'utf8').digest('hex');
}
