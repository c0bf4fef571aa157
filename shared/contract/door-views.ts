import { z } from 'zod';
import { Id, Line, Minutes, Name, Time, Title } from '../fields.ts';
import { Phase } from '../log.ts';
import { RoomKind } from './rooms.ts';

/** What the door shows to anybody with a valid code: this session's units and expected people, nothing else. */
export const DoorView = z.object({
  sessionId: Id,
  title: Title,
  sponsor: z.string(),
  topic: z.object({ name: z.string(), break: z.string(), build: z.string(), kind: RoomKind }),
  plannedAt: Time,
  plannedMinutes: Minutes,
  phase: Phase,
  startedAt: Time.optional(),
  moderators: z.array(z.string()),
  present: z.number().int(),
  units: z.array(
    z.object({ unitId: Id, name: Name, people: z.array(z.object({ personId: Id, name: Name })) }),
  ),
  /** The person this device already is, when they may simply enter; '' otherwise. */
  rememberedAs: z.string(),
  /** Names that are on no list are not taken. */
  rosterOnly: z.boolean(),
});
export type DoorView = z.infer<typeof DoorView>;

/** Why a name is not simply taken: it holds a staff role here, or another device is here under it. */
export const Hold = z.enum(['staff', 'present']);
export type Hold = z.infer<typeof Hold>;

/**
 * How it stands with what this device has asked for at the door; `none`: it has asked for nothing. With `let-in` the same
 * `session.join` succeeds. `chaired`: somebody who may let people in is connected.
 */
export const DoorWait = z.object({
  state: z.enum(['none', 'waiting', 'let-in', 'refused']),
  personId: z.string(),
  name: z.string(),
  since: Time.optional(),
  chaired: z.boolean(),
});
export type DoorWait = z.infer<typeof DoorWait>;

/** Somebody who waits at the door to be let in under a name, for those who may let in. */
export const DoorRequest = z.object({
  requestId: Id,
  personId: Id,
  name: Name,
  unitName: Line,
  why: Hold,
  since: Time,
});
export type DoorRequest = z.infer<typeof DoorRequest>;

/**
 * One device of a person, oldest first; `deviceId` means something in this session only. `here`: connected to it now; `mine`:
 * the one that asks.
 */
export const DeviceView = z.object({
  deviceId: z.string(),
  since: Time,
  proven: z.boolean(),
  here: z.boolean(),
  mine: z.boolean(),
});
export type DeviceView = z.infer<typeof DeviceView>;

/**
 * Somebody who came in by the code and is on no roster. `device` numbers the browsers of this list from 1, so that those who came
 * from one can be taken together; 0 is unknown. `inside`: has entered the room and not left it.
 */
export const WalkInView = z.object({
  personId: Id,
  name: Name,
  unitName: Line,
  since: Time,
  device: z.number().int(),
  inside: z.boolean(),
});
export type WalkInView = z.infer<typeof WalkInView>;
