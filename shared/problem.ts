import { z } from 'zod';
import { Day, Id, Line, Note } from './fields.ts';
import type { Label } from './labels.ts';

/** 问题来源: how the unit came to know of the problem. */
export const ProblemSource = z.enum(['symposium', 'survey', 'box', 'review', 'self', 'superior', 'other']);
export type ProblemSource = z.infer<typeof ProblemSource>;

/** 状态 of a row of the problem list; what happens after approval belongs to the rectification list. */
export const ProblemStatus = z.enum(['open', 'confirmed', 'claimed', 'escalated', 'declined']);
export type ProblemStatus = z.infer<typeof ProblemStatus>;

const or = <S extends z.ZodType>(schema: S) => z.union([z.literal(''), schema]);

/** The short columns of a row and what may stand in each; '' is "not given". */
export const SCALARS = {
  /** 问题类别: a room of the campaign. */
  topic: or(Id),
  source: or(ProblemSource),
  /** Says more about the source: 何清发言. */
  sourceNote: Line,
  /** 涉及单位. */
  units: Line,
  /** 认领人. */
  owner: Line,
  /** 提出日期. */
  proposedOn: or(Day),
  status: ProblemStatus,
  /** The message it was taken up from, and its session. */
  messageId: or(Id),
  sessionId: or(Id),
  /** Name of who brought it up. */
  proposer: Line,
  withdrawn: z.boolean(),
};
export type Scalars = { [F in keyof typeof SCALARS]: z.infer<(typeof SCALARS)[F]> };
export type ScalarField = keyof Scalars;

/** The long columns 具体问题（表现） and 原因剖析, written by several people at once. At most 5,000 code points each. */
export const TEXTS = { problem: Note, cause: Note };
export type TextField = keyof typeof TEXTS;
export const MAX_CELL_TEXT = 5000;
/** What a short column of words holds, in code points: as `Line` says. */
export const MAX_LINE = 200;
export const MAX_ROWS = 1000;

export const BLANK_ROW: Scalars = {
  topic: '',
  source: '',
  sourceNote: '',
  units: '',
  owner: '',
  proposedOn: '',
  status: 'open',
  messageId: '',
  sessionId: '',
  proposer: '',
  withdrawn: false,
};

/** A row as read from the document. `order` is its fractional key; ties are broken by `rowId`. */
export interface ProblemRow extends Scalars, Record<TextField, string> {
  rowId: string;
  order: string;
}

/** The columns that only hold what somebody has written; a new row is born with the others filled in. */
const WRITTEN = ['problem', 'cause', 'sourceNote', 'units', 'owner'] as const;
type Written = Partial<Record<(typeof WRITTEN)[number], string>>;
/** Zero-width signs too: nobody reads them. */
const INK = /[^\s\u200b-\u200d\u2060\ufeff]/;

/** False for an empty row: it counts nowhere and is in no file, whether it stands or was withdrawn. */
export const hasWords = (row: Written): boolean => WRITTEN.some((field) => INK.test(row[field] ?? ''));

type Countable = Written & { withdrawn: boolean };
/** The rows that count, in their order: 序号 is the place among these, on the screen, in files and in print. */
export const standingRows = <R extends Countable>(rows: readonly R[]): R[] =>
  rows.filter((row) => !row.withdrawn && hasWords(row));
/** 已撤下: what was written and then taken out. */
export const withdrawnRows = <R extends Countable>(rows: readonly R[]): R[] =>
  rows.filter((row) => row.withdrawn && hasWords(row));

const label = (zh: string, en: string): Label => ({ zh, en });

export const SOURCE_LABEL: Record<ProblemSource, Label> = {
  symposium: label('座谈会', 'Symposium'),
  survey: label('问卷', 'Questionnaire'),
  box: label('意见箱', 'Suggestion box'),
  review: label('民主评议', 'Democratic review'),
  self: label('自查', 'Self-check'),
  superior: label('上级点', 'Named by superiors'),
  other: label('其他', 'Other'),
};

export const STATUS_LABEL: Record<ProblemStatus, Label> = {
  open: label('待核实', 'Unverified'),
  confirmed: label('已确认', 'Confirmed'),
  claimed: label('已认领', 'Claimed'),
  escalated: label('需上级协调', 'Needs higher-level help'),
  declined: label('不采纳', 'Not taken up'),
};
