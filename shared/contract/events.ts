import { z } from 'zod';
import { Id } from '../fields.ts';
import { Entry, Message } from '../log.ts';
import { DoorRequest } from './door-views.ts';
import { Presence, RoomSession, SessionCard } from './session-views.ts';

/**
 * What the server tells without being asked. An event carries what has changed, so that nobody who hears it has to ask: one press
 * would otherwise make a whole hall fetch the room. Of what a slow reader has missed the newest of each event is told (`Hub`).
 */
export const LIVE_EVENTS = {
  /**
   * Entries are projected and in order; a gap in their `seq` says that some were missed. `messages` are those that entries refer to
   * and a page may not hold, because they are old or were hidden when it came.
   */
  'entry:appended': z.object({
    sessionId: Id,
    entries: z.array(Entry),
    messages: z.array(Message).optional(),
  }),
  'presence:changed': z.object({ sessionId: Id, presence: Presence }),
  /** To those who may let in: who waits at the door. */
  'door:asked': z.object({ sessionId: Id, waiting: z.array(DoorRequest) }),
  'minutes:changed': z.object({ sessionId: Id }),
  /** To who is in the room. */
  'session:changed': z.object({ sessionId: Id, session: RoomSession }),
  /** Somebody has been given a role: what they see of any room they have open is to be asked for again. */
  'rights:given': z.object({}),
  /** To who watches the campaign's lists. Without `card` the session is gone. */
  'card:changed': z.object({ campaignId: Id, sessionId: Id, card: SessionCard.optional() }),
};
export type LiveEvents = { [K in keyof typeof LIVE_EVENTS]: z.infer<(typeof LIVE_EVENTS)[K]> };
