import { z } from 'zod';
import type { AuditObject } from '../audit.ts';
import { Id, LongText, Name, Seq, Time, Title } from '../fields.ts';
import { command, query } from '../procedure.ts';

/** Who did something by hand, and when. */
const Hand = z.object({ by: Name, at: Time });
export type Hand = z.infer<typeof Hand>;

export const ParagraphKind = z.enum(['fact', 'heading', 'subheading', 'text', 'item']);

/** Of what was said: everything, or what was said at the floor and what is marked 入纪要. */
export const Speeches = z.enum(['all', 'marked']);
export type Speeches = z.infer<typeof Speeches>;

/**
 * `fact` is a labelled line (时间：…), `heading` a level-1 heading, `subheading` level 2, `text` a paragraph, `item` a numbered one.
 * Numbers are no part of the text, `numbering.ts` gives them. `from` names the entries it was composed of; `edited` is what a hand made of it, with who and when. One that was `added` by hand has no words of the log; one that was `moved` stays where the hand has put it.
 */
export const Paragraph = z.object({
  id: z.string(),
  kind: ParagraphKind,
  label: z.string(),
  from: z.array(Seq),
  composed: z.string(),
  edited: z.object({ text: z.string(), by: Name, at: Time }).optional(),
  rev: z.number().int(),
  added: Hand.optional(),
  moved: Hand.optional(),
});
export type Paragraph = z.infer<typeof Paragraph>;

export const Seal = z.object({ at: Time, by: Name, sha256: z.string() });

/** Taken out by hand; `after` is what it stood behind, '' for the first. */
export const Removed = Hand.extend({ paragraph: Paragraph, after: z.string() });
export type Removed = z.infer<typeof Removed>;

export const MinutesView = z.object({
  sessionId: Id,
  campaignId: Id,
  title: Title,
  paragraphs: z.array(Paragraph),
  sealed: Seal.optional(),
  /** Up to which entry of the log it was composed. */
  upTo: Seq,
  version: z.number().int(),
  /** By which rules it was composed (1 when absent), and by which it was before, when they have changed under a draft. */
  rules: z.number().int().optional(),
  rulesBefore: z.number().int().optional(),
  /** What was said that is listed; `chosen` by hand, else by the rule; `leftOut` messages are in the record only. */
  speeches: z.object({ shown: Speeches, chosen: z.boolean(), leftOut: z.number().int() }).optional(),
  removed: z.array(Removed).optional(),
});
export type MinutesView = z.infer<typeof MinutesView>;

const here = { sessionId: Id };
const which = { ...here, paragraphId: z.string().max(100) };
/** Behind which paragraph; '' for the first place. */
const after = z.string().max(100);

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
    z.object({ ...which, rev: z.number().int(), text: LongText }),
    MinutesView,
    { audit: { verb: 'edit', kind: 'paragraph', object: paragraph } },
  ),
  /** Back to what the log says. */
  revert: command(
    'POST /sessions/:sessionId/minutes/paragraphs/:paragraphId/revert',
    z.object({ ...which, rev: z.number().int() }),
    MinutesView,
    { audit: { verb: 'revert', kind: 'paragraph', object: paragraph } },
  ),
  /** `paragraphId` is made by the client and makes a retry recognisable; the paragraph's id is `hand.` and that. */
  add: command(
    'POST /sessions/:sessionId/minutes/paragraphs',
    z.object({ ...here, paragraphId: Id, after, kind: ParagraphKind.exclude(['fact']), text: LongText }),
    MinutesView,
    { audit: { verb: 'add', kind: 'paragraph', object: paragraph } },
  ),
  /** Compare-and-set on `rev`, as `edit`. */
  remove: command(
    'POST /sessions/:sessionId/minutes/paragraphs/:paragraphId/remove',
    z.object({ ...which, rev: z.number().int() }),
    MinutesView,
    { audit: { verb: 'remove', kind: 'paragraph', object: paragraph } },
  ),
  /** Takes `remove` back. */
  restore: command(
    'POST /sessions/:sessionId/minutes/paragraphs/:paragraphId/restore',
    z.object(which),
    MinutesView,
    { audit: { verb: 'revert', kind: 'paragraph', object: paragraph } },
  ),
  /**
   * A heading takes its section along. Compare-and-set on the place: CONFLICT `minutes.moved` when it does not stand behind `was` any
   * more. `undo` takes the mark of a hand away with it.
   */
  move: command(
    'POST /sessions/:sessionId/minutes/paragraphs/:paragraphId/move',
    z.object({ ...which, was: after, after, undo: z.boolean().optional() }),
    MinutesView,
    { audit: { verb: 'move', kind: 'paragraph', object: paragraph } },
  ),
  /** 发言全部列入 / 只列标记的. */
  listSpeeches: command(
    'PUT /sessions/:sessionId/minutes/speeches',
    z.object({ ...here, speeches: Speeches }),
    MinutesView,
    {
      audit: {
        verb: 'set',
        kind: 'speeches',
        object: ({ sessionId, speeches }, answer) => ({
          id: sessionId,
          name: answer?.title,
          detail: speeches,
        }),
      },
    },
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
