import { z } from 'zod';
import { Role } from '../actor.ts';
import { Id, JoinCode, Line, Minutes, Name, Time, Title } from '../fields.ts';
import { AgendaItem, Phase, SessionState } from '../log.ts';

/** What who calls a meeting decides about it. */
export const settings = {
  title: Title,
  plannedAt: Time,
  plannedMinutes: Minutes,
  place: Line,
  unitId: Id,
  agenda: z.array(AgendaItem).min(1, 'agenda.empty').max(40),
  expectedUnits: z.array(Id).max(500),
  expectedPeople: z.array(Id).max(2000),
};

/** Who was there, in numbers (`attendance.ts`): expected = arrived + leave + absent, the others beside it. */
export const AttendanceFigures = z.object({
  expected: z.number().int(),
  arrived: z.number().int(),
  leave: z.number().int(),
  absent: z.number().int(),
  observing: z.number().int(),
  desk: z.number().int(),
  extra: z.number().int(),
});
export type AttendanceFigures = z.infer<typeof AttendanceFigures>;

/** A session as lists show it: nothing that grows with the number of its people. The same for everybody who may read it. */
export const SessionCard = z.object({
  sessionId: Id,
  /** Grows with whatever changes of it: of two cards the higher one is the newer. */
  revision: z.number().int(),
  campaignId: Id,
  roomId: Id,
  boardId: Id,
  unitId: Id,
  unitName: Name,
  title: Title,
  plannedAt: Time,
  plannedMinutes: Minutes,
  place: Line,
  phase: Phase,
  minutesSealed: z.boolean(),
  /** How many are connected now. */
  present: z.number().int(),
  problems: z.number().int(),
  startedAt: Time.optional(),
  endedAt: Time.optional(),
  /** Of a meeting that is over. */
  attendance: AttendanceFigures.optional(),
});
export type SessionCard = z.infer<typeof SessionCard>;

/** A page of cards: what runs first, then by planned time, latest first. `next` is the cursor of the page after; absent at the end. */
export const SessionPage = z.object({ cards: z.array(SessionCard), next: z.string().optional() });
export type SessionPage = z.infer<typeof SessionPage>;

/** What a campaign's home says of its meetings, counted over all that the caller may read. */
export const SessionOverview = z.object({
  /** The one that matters now: one that runs, else the next one planned, else the latest. */
  foremost: SessionCard.optional(),
  rooms: z.array(
    z.object({
      roomId: Id,
      sessions: z.number().int(),
      problems: z.number().int(),
      live: z.boolean(),
      /** The nearest meeting planned, when none runs. */
      next: Time.optional(),
    }),
  ),
});
export type SessionOverview = z.infer<typeof SessionOverview>;

/**
 * The problems of a meeting in the order of the unit's list: written into it meanwhile, or taken up. The same for the list's count,
 * the wall, the cards (`problems`) and the minutes. `proposer` is '' where nobody is known.
 */
export const MeetingRows = z.array(
  z.object({ rowId: z.string(), problem: z.string(), cause: z.string(), proposer: z.string() }),
);
export type MeetingRows = z.infer<typeof MeetingRows>;

/** What a meeting of a unit has left for a later one, and no other has taken yet. */
export const CarriedItems = z.object({
  sessionId: Id,
  title: Title,
  at: Time,
  items: z.array(AgendaItem),
});
export type CarriedItems = z.infer<typeof CarriedItems>;

/** What a page shows that wants to be the screen of a meeting; `paired` once its code has been entered there. */
export const ScreenCode = z.object({ code: JoinCode, until: Time, paired: z.boolean() });
export type ScreenCode = z.infer<typeof ScreenCode>;

/** A screen of a meeting; `here` while it is connected. */
export const ScreenView = z.object({ screenId: z.string(), since: Time, here: z.boolean() });
export type ScreenView = z.infer<typeof ScreenView>;

/** A session as its room shows it. `code` is '' for those who may not invite. */
export const RoomSession = SessionCard.extend({
  code: z.string(),
  /** 仅限花名册: who is not on the roster is not let in by the code. */
  rosterOnly: z.boolean(),
});
export type RoomSession = z.infer<typeof RoomSession>;

/** A session as its settings page shows it. */
export const SessionView = RoomSession.extend({ ...settings, version: z.number().int() });
export type SessionView = z.infer<typeof SessionView>;

/** Ephemeral: who is connected now. Never in the log. `staff`: with a device that has proven a staff role here. */
export const Presence = z.object({
  people: z.array(
    z.object({ personId: Id, devices: z.number().int(), away: z.boolean(), staff: z.boolean().optional() }),
  ),
});
export type Presence = z.infer<typeof Presence>;

export const Opened = z.object({
  session: RoomSession,
  /** State at `state.seq` for this audience; `state.messages` holds the newest and all pinned ones. */
  state: SessionState,
  older: z.boolean(),
  presence: Presence,
  /** My roles here. */
  roles: z.array(Role),
  serverTime: Time,
});
export type Opened = z.infer<typeof Opened>;

export const GuestLinkView = z.object({
  linkId: z.string(),
  name: Name,
  url: z.string(),
  usedBy: z.string(),
  revoked: z.boolean(),
});
export type GuestLinkView = z.infer<typeof GuestLinkView>;
