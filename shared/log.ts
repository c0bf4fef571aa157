import { z } from 'zod';
import { Role } from './actor.ts';
import { Day, Id, Line, LongText, Minutes, Name, Note, Seq, Time, Title } from './fields.ts';

import { ROOM_KINDS } from './topic.ts';

// The room's log: everything that happens in a meeting is an entry; `reduce.ts` folds entries into a SessionState.

export const MessageKind = z.enum(['speech', 'problem', 'suggestion', 'summary']);
export type MessageKind = z.infer<typeof MessageKind>;

/** 出席 / 请假 / 列席; `none` takes an answer back. */
export const AttendanceStatus = z.enum(['present', 'leave', 'observing', 'none']);
export type AttendanceStatus = z.infer<typeof AttendanceStatus>;

/** How texts of an agenda item show their author. Fixed before the item opens; detached items come with their own issue. */
export const Identity = z.enum(['named']);

/** `from`: carried over to here from that meeting. */
export const AgendaItem = z.object({
  ...{ id: Id, title: Title, minutes: Minutes, identity: Identity },
  from: z.object({ sessionId: Id, itemId: Id }).optional(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

export const ExpectedPerson = z.object({ personId: Id, name: Name, unitName: Line, level: Line });
export type ExpectedPerson = z.infer<typeof ExpectedPerson>;

/** A row of the problem list as it stood when the session ended. */
export const FrozenRow = z.object({
  rowId: z.string(),
  topic: z.string(),
  problem: z.string(),
  cause: z.string(),
  source: z.string(),
  withdrawn: z.boolean(),
  /** Who brought it up, where the list says so. */
  proposer: z.string().optional(),
});
export type FrozenRow = z.infer<typeof FrozenRow>;

/** Ids of rows that an entry takes. A list of more says nothing of its rows: see `started`. */
export const MOST_STANDING = 5000;

/** What the meeting is about, as of when it was set; a later `scheduled` replaces it whole. */
export const Schedule = z.object({
  rev: z.number().int(),
  title: Title,
  plannedAt: Time,
  plannedMinutes: Minutes,
  place: Line,
  hostUnit: z.object({ unitId: Id, name: Name }),
  boardId: Id,
  topic: z.object({ name: Title, break: Line, build: Line, kind: z.enum(ROOM_KINDS).optional() }),
  agenda: z.array(AgendaItem).max(40),
  expected: z.array(ExpectedPerson).max(2000),
});
export type Schedule = z.infer<typeof Schedule>;

/** `by` is the person who did it; '' for what the system did. `seq` counts from 1 without gaps. */
const base = { sessionId: Id, seq: Seq, at: Time, by: z.string() };
const entry = <K extends string, S extends z.ZodRawShape>(kind: K, fields: S) =>
  z.object({ ...base, kind: z.literal(kind), ...fields });
const message = { messageId: Id };
const person = { personId: Id };

export const Entry = z.discriminatedUnion('kind', [
  entry('scheduled', Schedule.shape),
  /**
   * `standing`: the rows with words that stood in the list before, so that what is written during the meeting is known to be its
   * own. Absent (older programs, a list that could not be read or holds more than MOST_STANDING): only rows taken up are its own.
   */
  entry('started', { standing: z.array(Id).max(MOST_STANDING).optional() }),
  entry('paused', {}),
  entry('resumed', {}),
  entry('ended', {
    lastSeen: z.array(z.object({ ...person, at: Time })),
    rows: z.array(FrozenRow),
    carryOver: z.array(Id),
  }),
  /**
   * `walkIn`: on no roster; for staff only. `unproven`: came under a name that holds a staff role here without having proven to be
   * that person; the capacity that stands is not touched by it.
   */
  entry('joined', {
    ...person,
    ...{ name: Name, unitName: Line, level: Line, capacity: Role },
    walkIn: z.boolean().optional(),
    unproven: z.boolean().optional(),
  }),
  entry('left', { ...person, removed: z.boolean() }),
  entry('attended', { ...person, name: Name, unitName: Line, status: AttendanceStatus, reason: Line }),
  entry('item-opened', { itemId: Id }),
  entry('item-closed', { itemId: Id }),
  entry('hand-raised', person),
  entry('hand-lowered', person),
  /** The guiding question that is up for everybody from now on; none without one. */
  entry('prompted', { prompt: z.object({ zh: Line, en: Line }).optional() }),
  entry('queue-ordered', { order: z.array(Id).max(500) }),
  entry('floor-given', { ...person, seconds: z.number().int() }),
  entry('floor-extended', { seconds: z.number().int() }),
  entry('floor-ended', {}),
  /** `unproven`: written on a device that has not proven the capacity which stands on its author, and shown without it. */
  entry('said', { id: Id, messageKind: MessageKind, body: Note, unproven: z.boolean().optional() }),
  entry('recalled', message),
  entry('hidden', message),
  entry('shown', message),
  entry('pinned', message),
  entry('unpinned', message),
  /** 入纪要, and taken back: what is said at the floor goes in by itself. */
  entry('marked', message),
  entry('unmarked', message),
  entry('problem-accepted', { ...message, rowId: Id }),
  /** A unit answers for it, and in it perhaps somebody; `ownerId` where that is a person of the meeting. Not all has a last day. */
  entry('decided', {
    ...{ id: Id, text: LongText, unitName: Name },
    ...{ ownerId: Id.optional(), ownerName: Name.optional(), due: Day.optional() },
  }),
  entry('assigned', {
    ...{ id: Id, text: LongText, ownerName: Name },
    ...{ ownerId: Id.optional(), due: Day.optional() },
  }),
  entry('struck', { recordId: Id, reason: Line }),
  /** The minutes are final: the session cannot be resumed any more. */
  entry('sealed', { sha256: z.string() }),
  z.object({ sessionId: Id, seq: Seq, kind: z.literal('withheld') }),
]);
export type Entry = z.infer<typeof Entry>;
export type EntryKind = Entry['kind'];
export type EntryOf<K extends EntryKind> = Extract<Entry, { kind: K }>;

/** An entry before the append queue gives it its place and time. */
type Unplaced<E> = E extends { seq: number } ? Omit<E, 'sessionId' | 'seq' | 'at'> : never;
export type DraftEntry = Unplaced<Exclude<Entry, { kind: 'withheld' }>>;

export const Phase = z.enum(['draft', 'live', 'paused', 'ended']);
export type Phase = z.infer<typeof Phase>;

/** A clock that can stop: `spentMs` up to `since`, running while `since` is set. */
export const Clock = z.object({ spentMs: z.number(), since: Time.optional() });
export type Clock = z.infer<typeof Clock>;

export const PersonState = z.object({
  ...person,
  name: z.string(),
  unitName: z.string(),
  level: z.string(),
  capacity: Role.optional(),
  walkIn: z.boolean().optional(),
  expected: z.boolean(),
  joinedAt: Time.optional(),
  leftAt: Time.optional(),
  removed: z.boolean(),
  attendance: AttendanceStatus,
  reason: z.string(),
  /** Was on leave and came in nevertheless. */
  cameAfterAll: z.boolean().optional(),
  /** Has said something, or had the floor. */
  spoke: z.boolean().optional(),
  turns: z.number().int(),
});
export type PersonState = z.infer<typeof PersonState>;

export const ItemState = AgendaItem.extend({
  status: z.enum(['waiting', 'open', 'done']),
  clock: Clock,
  openedSeq: z.number().int().optional(),
  openedAt: Time.optional(),
  /** 转入下次, as the last end said. */
  carried: z.boolean().optional(),
});
export type ItemState = z.infer<typeof ItemState>;

/** One time at the floor. `seconds` is what was allowed, extensions included. */
export const Turn = z.object({
  seq: Seq,
  ...person,
  itemId: z.string(),
  givenAt: Time,
  seconds: z.number().int(),
  extensions: z.number().int(),
  clock: Clock,
});
export type Turn = z.infer<typeof Turn>;

export const Message = z.object({
  id: Id,
  seq: Seq,
  at: Time,
  by: z.string(),
  itemId: z.string(),
  kind: MessageKind,
  body: z.string(),
  recalled: z.boolean(),
  hidden: z.boolean(),
  pinned: z.boolean(),
  /** Said by the one who had the floor, while he had it. */
  floor: z.boolean().optional(),
  /** 入纪要, by who records. */
  marked: z.boolean().optional(),
  rowId: z.string().optional(),
  unproven: z.boolean().optional(),
});
export type Message = z.infer<typeof Message>;

/** A decision (责任单位 in `who`) or an action (owner in `who`), as the note-taker recorded it. */
export const Resolution = z.object({
  id: Id,
  seq: Seq,
  kind: z.enum(['decision', 'action']),
  itemId: z.string(),
  text: z.string(),
  who: z.string(),
  /** Somebody in the unit that `who` names; of a decision only. */
  owner: z.string().optional(),
  ownerId: Id.optional(),
  due: Day.optional(),
  struck: z.boolean(),
});
export type Resolution = z.infer<typeof Resolution>;

export const SessionState = z.object({
  sessionId: Id,
  seq: Seq,
  at: Time.optional(),
  phase: Phase,
  schedule: Schedule.optional(),
  startedAt: Time.optional(),
  endedAt: Time.optional(),
  items: z.array(ItemState),
  currentItem: z.string(),
  people: z.record(z.string(), PersonState),
  hands: z.array(Id),
  floor: Turn.optional(),
  turns: z.array(Turn),
  messages: z.record(z.string(), Message),
  order: z.array(Id),
  /** The guiding question that is up. */
  prompt: z.object({ zh: Line, en: Line }).optional(),
  resolutions: z.array(Resolution),
  problems: z.array(z.object({ messageId: Id, rowId: Id })),
  /** Of the first start; on the server only. */
  standing: z.array(Id).optional(),
  sealed: z.boolean(),
});
export type SessionState = z.infer<typeof SessionState>;
