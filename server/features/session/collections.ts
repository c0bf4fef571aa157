import { z } from 'zod';
import { Id, Line, Minutes, Name, Seq, Time, Title } from '../../../shared/fields.ts';
import { AgendaItem, Entry, Phase } from '../../../shared/log.ts';
import { AttendanceFigures, Hold } from '../../../shared/contract/session.ts';
import { defineCollection } from '../../storage/collection.ts';

/** Settings of a session. `phase`, `problems` and the times repeat what the log says, for lists; the log is the truth. */
export const SessionRecord = z.object({
  id: Id,
  version: z.number().int(),
  campaignId: Id,
  roomId: Id,
  boardId: Id,
  unitId: Id,
  unitName: Name,
  title: Title,
  plannedAt: Time,
  plannedMinutes: Minutes,
  place: Line,
  agenda: z.array(AgendaItem),
  expectedUnits: z.array(Id),
  expectedPeople: z.array(Id),
  /** '' while nobody may join by a code. */
  code: z.string(),
  phase: Phase,
  problems: z.number().int(),
  minutesSealed: z.boolean(),
  /** 仅限花名册; off in records that do not say it. */
  rosterOnly: z.boolean().optional(),
  startedAt: Time.optional(),
  endedAt: Time.optional(),
  attendance: AttendanceFigures.optional(),
  /** What the end carried over to a later meeting; absent before the end, and in records of programs that did not say it. */
  carried: z.array(AgendaItem).optional(),
  /** Counts the settings' own changes; `version` counts also what the meeting repeats here. */
  rev: z.number().int(),
  createdBy: z.string(),
  createdByName: z.string(),
  updatedByName: z.string(),
  updatedAt: Time,
});
export type SessionRecord = z.infer<typeof SessionRecord>;

export const sessions = defineCollection('sessions', SessionRecord, {
  byCampaign: { fields: ['campaignId', 'id'] },
  byRoom: { fields: ['roomId', 'id'] },
  byUnit: { fields: ['unitId', 'id'] },
});

/** The id is the code itself, so that two sessions never have the same one. */
export const CodeRecord = z.object({ id: z.string(), version: z.number().int(), sessionId: Id });
export type CodeRecord = z.infer<typeof CodeRecord>;
export const codes = defineCollection('session_codes', CodeRecord);

/**
 * The id is `sessionId:clientId`, so that a retry finds its own entry; `digest` tells a retry from another command that
 * uses the same id. `device` says on which device a message was written. It stands beside the entry and not in it: nothing that
 * leaves the server is made of it.
 */
export const EntryRecord = z.object({
  id: z.string(),
  version: z.number().int(),
  sessionId: Id,
  seq: Seq,
  digest: z.string(),
  device: z.string().optional(),
  entry: Entry,
});
export type EntryRecord = z.infer<typeof EntryRecord>;

export const entries = defineCollection('session_entries', EntryRecord, {
  bySeq: { fields: ['sessionId', 'seq'], unique: true },
});

/**
 * A device that asks to be let in under a name. Its id derives from session and browser, so that a browser asks for one name at a
 * time and finds its request again after a reload.
 */
export const DoorRequestRecord = z.object({
  id: Id,
  version: z.number().int(),
  sessionId: Id,
  personId: Id,
  name: Name,
  unitName: Line,
  why: Hold,
  state: z.enum(['waiting', 'let-in', 'refused']),
  since: Time,
  answeredAt: Time.optional(),
  answeredBy: z.string(),
});
export type DoorRequestRecord = z.infer<typeof DoorRequestRecord>;
export const doorRequests = defineCollection('door_requests', DoorRequestRecord, {
  bySession: { fields: ['sessionId', 'state', 'id'] },
});

/** Somebody who came in by the code and is on no roster; the id is `<session>.<person>`. `device`: digest of the browser's id, '' unknown. */
export const WalkInRecord = z.object({
  id: z.string(),
  version: z.number().int(),
  sessionId: Id,
  personId: Id,
  name: Name,
  unitName: Line,
  device: z.string(),
  at: Time,
});
export type WalkInRecord = z.infer<typeof WalkInRecord>;
export const walkIns = defineCollection('session_walk_ins', WalkInRecord, {
  bySession: { fields: ['sessionId', 'id'] },
});

/**
 * That a person may stand in a session: in its log, or among the expected. Written before what it speaks of, so that none is ever
 * missing; what a crash left without its entry, or was taken back later, is found out by looking (`involved.ts`).
 * The id is `sessionId.personId`, so that it is there once.
 */
export const InvolvedRecord = z.object({
  id: z.string(),
  version: z.number().int(),
  sessionId: Id,
  personId: z.string(),
});
export type InvolvedRecord = z.infer<typeof InvolvedRecord>;

export const involved = defineCollection('session_people', InvolvedRecord, {
  byPerson: { fields: ['personId', 'id'] },
  bySession: { fields: ['sessionId', 'id'] },
});
