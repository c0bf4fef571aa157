import { createHash } from 'node:crypto';
import type { Paragraph } from '../../../shared/contract/minutes.ts';
import { AppError } from '../../../shared/errors.ts';
import { printedText } from '../../../shared/numbering.ts';
import type { MinutesRecord } from './collections.ts';

type Edited = NonNullable<Paragraph['edited']>;

export function tooLate({ edited }: Paragraph): AppError {
  const facts = edited ? { by: edited.by, at: edited.at } : { by: '', at: '' };
  return new AppError('CONFLICT', edited ? 'minutes.edited' : 'minutes.recomposed', { facts });
}

/** Words that are the log's own are no edit. */
function withHand({ edited: _old, ...plain }: Paragraph, edited: Edited | undefined): Paragraph {
  const next = { ...plain, rev: plain.rev + 1 };
  return edited && edited.text !== plain.composed ? { ...next, edited } : next;
}

export function open(record: MinutesRecord): void {
  if (record.sealing || record.sealed) throw new AppError('WRONG_STATE', 'minutes.sealed');
}

/** The paragraph, if it stands: CONFLICT `minutes.removed` (facts.by, facts.at) when a hand has taken it out. */
export function standing(record: MinutesRecord, paragraphId: string): Paragraph {
  const found = record.paragraphs.find((each) => each.id === paragraphId);
  if (found) return found;
  const out = record.removed?.find((each) => each.paragraph.id === paragraphId);
  if (out) throw new AppError('CONFLICT', 'minutes.removed', { facts: { by: out.by, at: out.at } });
  throw new AppError('NOT_FOUND', 'paragraph.unknown');
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
  open(record);
  const found = standing(record, paragraphId);
  const repeated = edited && found.edited?.text === edited.text && found.edited.by === edited.by;
  if (repeated) return record;
  if (found.rev !== rev) throw tooLate(found);
  const paragraphs = record.paragraphs.map((each) => (each === found ? withHand(found, edited) : each));
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
