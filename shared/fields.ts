import { z } from 'zod';
import { codePoints } from './code-points.ts';
import { oddInName } from './names.ts';

// NUL ends a string early in SQLite's API and a lone surrogate cannot be encoded: both are refused, nothing is changed.
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function text(max: number, min: number) {
  // A value's length is in UTF-16 units and only bounds the work; what counts are code points, as in JSON Schema.
  const bounds = { maxLength: max, ...(min > 0 ? { minLength: min } : {}) };
  const checked = z.string().superRefine((value, issue) => {
    const add = (message: string, params: Record<string, unknown> = {}) =>
      issue.addIssue({ code: 'custom', message, params });
    if (value.includes('\0')) add('text.nul');
    else if (LONE_SURROGATE.test(value)) add('text.surrogate');
    else if (value.length > max * 2 || codePoints(value) > max) add('text.long', { max });
    else if (min > 0 && value.trim().length === 0) add('text.empty');
  });
  return checked.meta(bounds);
}

/**
 * The same for what somebody chooses to be called: refused with `name.control`, `name.bidi` or `name.invisible` {sign} when it holds
 * what cannot be seen. For input only: names that were stored before stay readable.
 */
function seen<T extends z.ZodType<string>>(named: T) {
  return named.superRefine((value, issue) => {
    const odd = oddInName(value);
    if (odd) issue.addIssue({ code: 'custom', message: odd.reason, params: { sign: odd.sign } });
  });
}

/** Whether the calendar and the clock have it: 31 February would be printed as it is, and a month 13 breaks who formats it. */
function stands(written: string, instant: string): boolean {
  const ms = Date.parse(instant);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(written);
}

/** UUID as text. Ids of things are UUIDv7 made by whoever creates the thing; `newId()` in `ids.ts` makes them. */
export const Id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'id.form');
export type Id = z.infer<typeof Id>;

/** Instant, ISO 8601 in UTC with milliseconds, made by the server: `2026-03-18T06:30:00.000Z`. */
export const Time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'time.form')
  .refine((time) => stands(time, time), 'time.form');
export type Time = z.infer<typeof Time>;

/** Calendar day in Asia/Shanghai: `2026-03-18`. */
export const Day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'day.form')
  .refine((day) => stands(day, `${day}T00:00:00.000Z`), 'day.form');
export type Day = z.infer<typeof Day>;

/** Name of a person, unit, room …: 1–60 code points, not blank. */
export const Name = text(60, 1);
/** The name that a person or a unit is given, on its way in. */
export const NewName = seen(Name);
/** One line: 1–120 code points, not blank. */
export const Title = text(120, 1);
/** One line that may be empty: at most 200 code points. */
export const Line = text(200, 0);
/** The name of a unit as somebody types it, on its way in; may be empty. */
export const TypedUnit = seen(Line);
/** A text of some paragraphs: 1–5,000 code points, not blank. */
export const LongText = text(5000, 1);
/** The same, may be empty. */
export const Note = text(5000, 0);
/** Six digits that name a session while it is open to join. */
export const JoinCode = z.string().regex(/^\d{6}$/, 'code.form');
/** Secret part of a link: base64url. */
export const Secret = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/, 'link.form');
/** Position in a session's log, from 1. */
export const Seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Page size. */
export const Limit = z.number().int().min(1).max(500);
/** Minutes of an agenda item or a turn. */
export const Minutes = z.number().int().min(1).max(600);
