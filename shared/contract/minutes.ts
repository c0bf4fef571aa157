import { z } from 'zod';
import type { AuditObject } from '../audit.ts';
import { Id, LongText, Name, Seq, Time, Title } from '../fields.ts';
import { command, query } from '../procedure.ts';

/**
 * `fact` is a labelled line (时间：…), `heading` a level-1 heading, `subheading` level 2, `text` a paragraph, `item` a numbered one.
 * Numbers are no part of the text, `numbering.ts` gives them. `from` names the entries it was composed of; `edited` is what a hand made of it, with who and when.
 */
export const Paragraph = z.object({
  id: z.string(),
  kind: z.enum(['fact', 'heading', 'subheading', 'text', 'item']),
  label: z.string(),
  from: z.array(Seq),
  composed: z.string(),
  edited: z.object({ text: z.string(), by: Name, at: Time }).optional(),
  rev: z.number().int(),
});
export type Paragraph = z.infer<typeof Paragraph>;

export const Seal = z.object({ at: Time, by: Name, sha256: z.string() });

export const MinutesView = z.object({
  sessionId: Id,
  campaignId: Id,
  title: Title,
  paragraphs: z.array(Paragraph),
  sealed: Seal.optional(),
  /** Up to which entry of the log it was composed. */
  upTo: Seq,
  version: z.number().int(),
});
export type MinutesView = z.infer<typeof MinutesView>;

const here = { sessionId: Id };

const paper = ({ sessionId }: { sessionId: string }, answer?: { title: string }): AuditObject => ({
  id: sessionId,
  name: answer?.title,
});
const paragraph = (
  { sessionId, paragraphId }: { sessionId: string; paragraphId: string },
  answer?: { title: string },
): AuditObject => ({ id: sessionId, name: answer?.title, detail: paragraphId });

export const minutes = {
  /** Composed when first opened after the end. WRONG_STATE before. */
  open: query('GET /sessions/:sessionId/minutes', z.object(here), MinutesView),
  /** Compare-and-set on the paragraph's `rev`: who loses is told who won (facts.by, facts.at). */
  edit: command(
    'PUT /sessions/:sessionId/minutes/paragraphs/:paragraphId',
    z.object({ ...here, paragraphId: z.string().max(100), rev: z.number().int(), text: LongText }),
    MinutesView,
    { audit: { verb: 'edit', kind: 'paragraph', object: paragraph } },
  ),
  /** Back to what the log says. */
  revert: command(
    'POST /sessions/:sessionId/minutes/paragraphs/:paragraphId/revert',
    z.object({ ...here, paragraphId: z.string().max(100), rev: z.number().int() }),
    MinutesView,
    { audit: { verb: 'revert', kind: 'paragraph', object: paragraph } },
  ),
  /** Replaces `composed` only. */
  recompose: command('POST /sessions/:sessionId/minutes/recompose', z.object(here), MinutesView, {
    audit: { verb: 'recompose', kind: 'minutes', object: paper },
  }),
  /** Final and hashed; `version` is the one the moderator has read. */
  seal: command(
    'POST /sessions/:sessionId/minutes/seal',
    z.object({ ...here, version: z.number().int() }),
    MinutesView,
    { audit: { verb: 'seal', kind: 'minutes', object: paper } },
  ),
};
