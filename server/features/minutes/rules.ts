import { createHash } from 'node:crypto';
import type { Paragraph } from '../../../shared/contract/minutes.ts';
import { AppError } from '../../../shared/errors.ts';
import { printedText } from '../../../shared/numbering.ts';
import type { MinutesRecord } from './collections.ts';
import type { Composed } from './composed.ts';

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

type Edited = NonNullable<Paragraph['edited']>;

function tooLate({ edited }: Paragraph): AppError {
  const facts = edited ? { by: edited.by, at: edited.at } : { by: '', at: '' };
  return new AppError('CONFLICT', edited ? 'minutes.edited' : 'minutes.recomposed', { facts });
}

/** Words that are the log's own are no edit; without the hand's words a paragraph of a vanished source goes. */
function withHand({ edited: _old, ...plain }: Paragraph, edited: Edited | undefined): Paragraph[] {
  const next = { ...plain, rev: plain.rev + 1 };
  if (edited && edited.text !== plain.composed) return [{ ...next, edited }];
  return plain.composed === '' ? [] : [next];
}

/**
 * Changes one paragraph if nobody was faster: CONFLICT `minutes.edited` tells who (facts.by) and when (facts.at), CONFLICT
 * `minutes.recomposed` that the log did. A repeat of one's own edit whose answer was lost changes nothing.
 */
export function change(
  record: MinutesRecord,
  paragraphId: string,
  rev: number,
  edited: Edited | undefined,
): MinutesRecord {
  if (record.sealing || record.sealed) throw new AppError('WRONG_STATE', 'minutes.sealed');
  const found = record.paragraphs.find((each) => each.id === paragraphId);
  if (!found) throw new AppError('NOT_FOUND', 'paragraph.unknown');
  const repeated = edited && found.edited?.text === edited.text && found.edited.by === edited.by;
  if (repeated) return record;
  if (found.rev !== rev) throw tooLate(found);
  const paragraphs = record.paragraphs.flatMap((each) => (each === found ? withHand(found, edited) : [each]));
  return { ...record, paragraphs };
}

/**
 * SHA-256 in hex of the printed text: UTF-8 JSON of `[title, [kind, label, text], …]` in order. Anybody with the text can
 * compute it again.
 */
export function sealDigest(title: string, paragraphs: readonly Paragraph[]): string {
  const printed = [title, ...paragraphs.map((each) => [each.kind, each.label, printedText(each)])];
  return createHash('sha256').update(JSON.stringify(printed), 'utf8').digest('hex');
}
