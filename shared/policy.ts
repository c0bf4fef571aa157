import type { Actor } from './actor.ts';
import { type Role, rolesIn } from './roles.ts';

/** What an action is done to. Give what is known; a rule that needs more than is given says no. */
export interface Subject {
  campaignId?: string;
  sessionId?: string;
  boardId?: string;
  unitId?: string;
  authorId?: string;
}

type Rule = readonly Role[];
const office: Rule = ['administrator'];
const chair: Rule = ['administrator', 'moderator'];
const desk: Rule = ['administrator', 'moderator', 'note-taker'];
const voices: Rule = ['administrator', 'moderator', 'note-taker', 'participant', 'guest'];
const members: Rule = ['administrator', 'moderator', 'note-taker', 'participant', 'observer'];
const everybody: Rule = [...members, 'guest'];
/** The wall reads its meeting, and has no voice in it. */
const screen: Rule = ['screen'];

/** Who may do what: one readable list, for the server and for the buttons. */
export const POLICY = {
  'installation:manage': office,
  'campaign:read': everybody,
  'campaign:edit': office,
  'roster:read': desk,
  'roster:edit': office,
  'grants:edit': office,
  'audit:read': office,
  'room:edit': office,
  'session:create': chair,
  'session:edit': chair,
  'session:invite': chair,
  'session:admit': chair,
  'session:read': [...everybody, ...screen],
  'session:enter': everybody,
  /** The problems of the meeting, by their numbers and texts. */
  'session:rows': [...members, ...screen],
  /** The code by which people come in: who may invite, and the wall that shows it to the hall. */
  'session:code': [...chair, ...screen],
  /** Opens the wall on a screen, and ends it. */
  'session:screens': desk,
  'session:steer': chair,
  'session:attendance': desk,
  'session:record': desk,
  'session:speak': voices,
  'session:queue': voices,
  'message:hide': chair,
  'message:pin': chair,
  'message:take-up': desk,
  'board:read': members,
  'board:write': ['administrator', 'moderator', 'note-taker', 'participant'],
  /** Former states of list and draft: to look at, and to go back to. */
  'board:history': desk,
  'list:export': desk,
  'minutes:read': members,
  'minutes:edit': desk,
  'minutes:seal': chair,
  'minutes:export': desk,
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof POLICY;

/** True when one of the actor's roles at the subject is on the action's list. */
export function can(actor: Actor, action: Action, subject: Subject = {}): boolean {
  if (actor.kind === 'anonymous') return false;
  const roles = rolesIn(actor, subject);
  if ((POLICY[action] as Rule).some((role) => roles.has(role))) return true;
  // A unit's own people write their unit's board between meetings too; a claimed name opens the boards of its meetings only,
  // or one code would open every unit's.
  const ownUnit = actor.proven && subject.unitId !== '' && subject.unitId === actor.unitId;
  return ownUnit && (action === 'board:read' || action === 'board:write');
}
