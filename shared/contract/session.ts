import { z } from 'zod';
import {
  Day,
  Id,
  JoinCode,
  Limit,
  Line,
  LongText,
  Minutes,
  Name,
  NewName,
  Secret,
  Seq,
  TypedUnit,
} from '../fields.ts';
import { AttendanceStatus, Entry, Message, MessageKind } from '../log.ts';
import { command, query } from '../procedure.ts';
import { Done } from './answers.ts';
import { LinkMade } from './identity.ts';
import { DeviceView, DoorRequest, DoorView, DoorWait, WalkInView } from './door-views.ts';
import {
  CarriedItems,
  GuestLinkView,
  MeetingRows,
  Opened,
  ScreenCode,
  ScreenView,
  SessionOverview,
  SessionPage,
  SessionView,
  settings,
} from './session-views.ts';

export * from './door-views.ts';
export * from './session-views.ts';

/** Whom a phone says it is: somebody listed, or a name and unit as typed; neither is "as who this device is". */
const who = { personId: Id.optional(), name: NewName.optional(), unitName: TypedUnit.optional() };
const here = { sessionId: Id };
/** `id` is made by the client and makes a retry recognisable. */
const act = { ...here, id: Id };
/** Its audit is the entry that it adds to the room's log. */
const live = { live: true, audit: 'room' } as const;
const asked = { live: true };

export const session = {
  /** A page of the campaign's meetings, or of one room's; `cursor` is `next` of the page before. */
  list: query(
    'GET /campaigns/:campaignId/sessions',
    z.object({
      campaignId: Id,
      roomId: Id.optional(),
      cursor: z.string().max(100).optional(),
      limit: Limit.optional(),
    }),
    SessionPage,
  ),
  overview: query('GET /campaigns/:campaignId/overview', z.object({ campaignId: Id }), SessionOverview),
  /** Over the socket: from now on, or no more, this connection is told of the cards that it may read. */
  watch: command('POST /campaigns/:campaignId/watch', z.object({ campaignId: Id, on: z.boolean() }), Done, {
    live: true,
    audit: 'none',
  }),
  create: command(
    'POST /campaigns/:campaignId/sessions',
    z.object({ campaignId: Id, sessionId: Id, roomId: Id, ...settings }),
    SessionView,
    {
      audit: {
        verb: 'create',
        kind: 'session',
        object: ({ sessionId, title }) => ({ id: sessionId, name: title }),
      },
    },
  ),
  /** 上次转入的议程, newest first. `sessionId`: the meeting that asks; what it has taken itself counts as not taken. */
  carried: query(
    'GET /campaigns/:campaignId/units/:unitId/carried',
    z.object({ campaignId: Id, unitId: Id, sessionId: Id.optional() }),
    z.array(CarriedItems),
  ),
  get: query('GET /sessions/:sessionId', z.object(here), SessionView),
  edit: command(
    'PATCH /sessions/:sessionId',
    z.object({ ...here, version: z.number().int(), ...settings }),
    SessionView,
    {
      audit: {
        verb: 'edit',
        kind: 'session',
        object: ({ sessionId, title }) => ({ id: sessionId, name: title }),
      },
    },
  ),
  /** Only a session that never started. */
  remove: command('DELETE /sessions/:sessionId', z.object(here), Done, {
    audit: { verb: 'remove', kind: 'session', object: ({ sessionId }) => ({ id: sessionId }) },
  }),

  door: query('GET /doors/:code', z.object({ code: JoinCode }), DoorView, { open: true }),
  join: command(
    'POST /doors/:code/join',
    z.object({ code: JoinCode, ...who, switchPerson: z.boolean().optional() }),
    z.object({ sessionId: Id, personId: Id }),
    {
      open: true,
      audit: {
        verb: 'join',
        kind: 'session',
        object: (_input, answer) => ({ id: answer?.sessionId ?? '' }),
        by: ({ personId }, { name }) => ({ personId, name }),
      },
    },
  ),
  /** Asks who moderates to be let in under a name that is not simply taken (`join` said `door.staff` or `door.present`). */
  ask: command('POST /doors/:code/ask', z.object({ code: JoinCode, ...who }), DoorWait, {
    open: true,
    audit: {
      verb: 'ask',
      kind: 'admission',
      object: (_input, answer) => ({ id: answer?.personId ?? '', name: answer?.name }),
    },
  }),
  asked: query('GET /doors/:code/ask', z.object({ code: JoinCode }), DoorWait, { open: true }),
  stopAsking: command('DELETE /doors/:code/ask', z.object({ code: JoinCode }), Done, {
    open: true,
    audit: { verb: 'revoke', kind: 'admission', object: () => ({ id: '' }) },
  }),
  /** Those who wait, longest first. */
  waiting: query('GET /sessions/:sessionId/waiting', z.object(here), z.array(DoorRequest)),
  /** Lets those in, or turns them away; answers with who still waits. */
  answer: command(
    'POST /sessions/:sessionId/waiting',
    z.object({ ...here, requestIds: z.array(Id).max(300), letIn: z.boolean() }),
    z.array(DoorRequest),
    {
      audit: {
        verb: 'answer',
        kind: 'admission',
        object: ({ sessionId, letIn }) => ({ id: sessionId, detail: letIn ? 'let-in' : 'refused' }),
      },
    },
  ),
  /** 仅限花名册, at once; it is not part of `edit`, whose forms stay open for long. */
  setRosterOnly: command(
    'POST /sessions/:sessionId/roster-only',
    z.object({ ...here, rosterOnly: z.boolean() }),
    SessionView,
    {
      audit: {
        verb: 'set',
        kind: 'roster-only',
        object: ({ sessionId, rosterOnly }) => ({ id: sessionId, detail: rosterOnly ? 'on' : 'off' }),
      },
    },
  ),
  walkIns: query('GET /sessions/:sessionId/walk-ins', z.object(here), z.array(WalkInView)),
  /** Sends walk-ins out for good and ends their devices; what they said stays. Others than walk-ins are left alone. */
  removeWalkIns: command(
    'POST /sessions/:sessionId/walk-ins/remove',
    z.object({ ...act, personIds: z.array(Id).min(1).max(500) }),
    z.object({ removed: z.number().int() }),
    {
      audit: {
        verb: 'send-out',
        kind: 'walk-ins',
        object: ({ sessionId }, answer) => ({ id: sessionId, detail: String(answer?.removed ?? '') }),
      },
    },
  ),
  devices: query(
    'GET /sessions/:sessionId/people/:personId/devices',
    z.object({ ...here, personId: Id }),
    z.array(DeviceView),
  ),
  /** Signs one device out that only claimed the name; CONFLICT `device.proven` for one that has proven it. */
  dropDevice: command(
    'POST /sessions/:sessionId/people/:personId/devices/:deviceId/drop',
    z.object({ ...here, personId: Id, deviceId: z.string().max(64) }),
    Done,
    { audit: { verb: 'sign-out', kind: 'other-devices', object: ({ personId }) => ({ id: personId }) } },
  ),
  guestLinks: query('GET /sessions/:sessionId/guest-links', z.object(here), z.array(GuestLinkView)),
  makeGuestLink: command(
    'POST /sessions/:sessionId/guest-links',
    z.object({ ...here, name: NewName }),
    LinkMade,
    {
      audit: {
        verb: 'create',
        kind: 'guest-link',
        object: ({ sessionId, name }) => ({ id: sessionId, name }),
      },
    },
  ),
  revokeGuestLink: command(
    'DELETE /sessions/:sessionId/guest-links/:linkId',
    z.object({ ...here, linkId: z.string().max(200) }),
    Done,
    { audit: { verb: 'revoke', kind: 'guest-link', object: ({ linkId }) => ({ id: linkId }) } },
  ),

  /** What a page that wants to be a screen shows: a code until it is entered in a meeting. The page made up `secret` and keeps it. */
  screen: query('GET /screens/:secret', z.object({ secret: Secret }), ScreenCode, { open: true }),
  /** Once paired, the page becomes the screen. CONFLICT `screen.somebody` where somebody is signed in. */
  openScreen: command('POST /screens/:secret/open', z.object({ secret: Secret }), z.object(here), {
    open: true,
    audit: { verb: 'join', kind: 'screen', object: () => ({ id: '' }) },
  }),
  screens: query('GET /sessions/:sessionId/screens', z.object(here), z.array(ScreenView)),
  pairScreen: command('POST /sessions/:sessionId/screens', z.object({ ...here, code: JoinCode }), Done, {
    audit: { verb: 'add', kind: 'screen', object: ({ sessionId }) => ({ id: sessionId }) },
  }),
  endScreen: command(
    'DELETE /sessions/:sessionId/screens/:screenId',
    z.object({ ...here, screenId: z.string().max(64) }),
    Done,
    { audit: { verb: 'remove', kind: 'screen', object: ({ sessionId }) => ({ id: sessionId }) } },
  ),

  /** Over the socket it also subscribes this connection to the session's events. */
  open: query('GET /sessions/:sessionId/state', z.object(here), Opened, asked),
  entries: query(
    'GET /sessions/:sessionId/entries',
    z.object({ ...here, after: Seq, limit: Limit }),
    z.array(Entry),
    asked,
  ),
  messages: query(
    'GET /sessions/:sessionId/messages',
    z.object({ ...here, before: Seq, limit: Limit }),
    z.array(Message),
    asked,
  ),
  rows: query('GET /sessions/:sessionId/rows', z.object(here), MeetingRows, asked),
  away: command('POST /sessions/:sessionId/away', z.object({ ...here, away: z.boolean() }), Done, {
    live: true,
    audit: 'none',
  }),
  close: command('POST /sessions/:sessionId/close', z.object(here), Done, {
    live: true,
    audit: 'none',
  }),

  enter: command('POST /sessions/:sessionId/people', z.object(act), Entry, live),
  leave: command('POST /sessions/:sessionId/leave', z.object(act), Entry, live),
  removePerson: command(
    'POST /sessions/:sessionId/people/:personId/remove',
    z.object({ ...act, personId: Id }),
    Entry,
    live,
  ),
  /** Signs the person's other devices out: one that came by a password or a link stays, else the one that came first. */
  dropDevices: command(
    'POST /sessions/:sessionId/people/:personId/drop-devices',
    z.object({ ...here, personId: Id }),
    Done,
    {
      live: true,
      audit: { verb: 'sign-out', kind: 'other-devices', object: ({ personId }) => ({ id: personId }) },
    },
  ),
  attend: command(
    'POST /sessions/:sessionId/attendance',
    z.object({ ...act, personId: Id, status: AttendanceStatus, reason: Line }),
    Entry,
    live,
  ),

  start: command('POST /sessions/:sessionId/start', z.object(act), Entry, live),
  pause: command('POST /sessions/:sessionId/pause', z.object(act), Entry, live),
  /** From a pause, or from an accidental end until the minutes are sealed. */
  resume: command('POST /sessions/:sessionId/resume', z.object(act), Entry, live),
  end: command(
    'POST /sessions/:sessionId/end',
    z.object({ ...act, carryOver: z.array(Id).max(40) }),
    Entry,
    live,
  ),
  /** Puts a guiding question up for everybody, on the wall too; without `prompt` takes it down. */
  prompt: command(
    'POST /sessions/:sessionId/prompt',
    z.object({ ...act, prompt: z.object({ zh: Line, en: Line }).optional() }),
    Entry,
    live,
  ),
  openItem: command(
    'POST /sessions/:sessionId/items/:itemId/open',
    z.object({ ...act, itemId: Id }),
    Entry,
    live,
  ),
  closeItem: command(
    'POST /sessions/:sessionId/items/:itemId/close',
    z.object({ ...act, itemId: Id }),
    Entry,
    live,
  ),

  say: command(
    'POST /sessions/:sessionId/messages',
    z.object({ ...act, kind: MessageKind, body: LongText }),
    Entry,
    live,
  ),
  recall: command(
    'POST /sessions/:sessionId/messages/:messageId/recall',
    z.object({ ...act, messageId: Id }),
    Entry,
    live,
  ),
  hide: command(
    'POST /sessions/:sessionId/messages/:messageId/hide',
    z.object({ ...act, messageId: Id }),
    Entry,
    live,
  ),
  show: command(
    'POST /sessions/:sessionId/messages/:messageId/show',
    z.object({ ...act, messageId: Id }),
    Entry,
    live,
  ),
  pin: command(
    'POST /sessions/:sessionId/messages/:messageId/pin',
    z.object({ ...act, messageId: Id }),
    Entry,
    live,
  ),
  unpin: command(
    'POST /sessions/:sessionId/messages/:messageId/unpin',
    z.object({ ...act, messageId: Id }),
    Entry,
    live,
  ),
  /** 入纪要: the message goes into the minutes. */
  mark: command(
    'POST /sessions/:sessionId/messages/:messageId/mark',
    z.object({ ...act, messageId: Id }),
    Entry,
    live,
  ),
  unmark: command(
    'POST /sessions/:sessionId/messages/:messageId/unmark',
    z.object({ ...act, messageId: Id }),
    Entry,
    live,
  ),
  /** The message becomes a row of the host unit's problem list. */
  takeUp: command(
    'POST /sessions/:sessionId/messages/:messageId/take-up',
    z.object({ ...here, messageId: Id }),
    Entry,
    live,
  ),

  raiseHand: command('POST /sessions/:sessionId/hands', z.object(act), Entry, live),
  /** One's own, or anybody's for who steers. */
  lowerHand: command(
    'POST /sessions/:sessionId/hands/:personId/lower',
    z.object({ ...act, personId: Id }),
    Entry,
    live,
  ),
  orderQueue: command(
    'POST /sessions/:sessionId/queue',
    z.object({ ...act, order: z.array(Id).max(500) }),
    Entry,
    live,
  ),
  giveFloor: command(
    'POST /sessions/:sessionId/floor',
    z.object({ ...act, personId: Id, minutes: Minutes }),
    Entry,
    live,
  ),
  extendFloor: command(
    'POST /sessions/:sessionId/floor/extend',
    z.object({ ...act, minutes: Minutes }),
    Entry,
    live,
  ),
  endFloor: command('POST /sessions/:sessionId/floor/end', z.object(act), Entry, live),

  decide: command(
    'POST /sessions/:sessionId/decisions',
    z.object({
      ...{ ...act, text: LongText, unitName: Name },
      ...{ ownerId: Id.optional(), ownerName: Name.optional(), due: Day.optional() },
    }),
    Entry,
    live,
  ),
  assign: command(
    'POST /sessions/:sessionId/actions',
    z.object({ ...act, text: LongText, ownerName: Name, ownerId: Id.optional(), due: Day.optional() }),
    Entry,
    live,
  ),
  /** Takes a decision or an action back; the log keeps it. */
  strike: command(
    'POST /sessions/:sessionId/records/:recordId/strike',
    z.object({ ...act, recordId: Id, reason: Line }),
    Entry,
    live,
  ),
};
