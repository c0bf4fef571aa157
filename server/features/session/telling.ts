import type { RoomSession } from '../../../shared/contract/session.ts';
import type { Entry, Message, SessionState } from '../../../shared/log.ts';
import { AUDIENCES, type Audience } from '../../../shared/roles.ts';
import type { Hub } from '../../realtime/hub.ts';
import { type Change, keptCard } from './cards.ts';
import type { SessionRecord } from './collections.ts';
import { audienceChannel, roomChannel, type SessionPresence } from './presence.ts';
import { project, projectMessage } from './project.ts';

/** Who may invite is told the code, too. */
export const viewChannel = (sessionId: string, invites: boolean) =>
  `${roomChannel(sessionId)}:${invites ? 'code' : 'view'}`;
/** Who may read every session of the campaign is in its channel, others are in those of the sessions that they may read. */
export const cardsChannel = (campaignId: string, sessionId = '') => `cards:${campaignId}:${sessionId}`;

export const roomSession = (record: SessionRecord, present: number, invites: boolean): RoomSession => ({
  ...keptCard(record),
  present,
  // After the end it is kept for an end that is taken back; nobody comes in by it.
  code: invites && record.phase !== 'ended' ? record.code : '',
  rosterOnly: record.rosterOnly === true,
});

export interface Teller {
  /** One prepared frame per audience. */
  committed(sessionId: string, placed: Entry[], state: SessionState): void;
  changed(change: Change): void;
  card(record: SessionRecord): void;
}

/** The messages that these entries bring back to pages which have them no more, or never had them. */
function broughtBack(placed: readonly Entry[], audience: Audience, state: SessionState): Message[] {
  const ids = placed.flatMap((entry) =>
    entry.kind === 'pinned' || entry.kind === 'shown' ? [entry.messageId] : [],
  );
  return [...new Set(ids)].flatMap((id) => {
    const message = state.messages[id];
    return message ? [projectMessage(message, audience)] : [];
  });
}

/** What the hub is told of sessions: entries of the log, and what has changed of a record, each with all that a page needs. */
export function createTeller(hub: Hub, presence: Pick<SessionPresence, 'count'>): Teller {
  function tellCard(campaignId: string, sessionId: string, record?: SessionRecord): void {
    const card = record && { ...keptCard(record), present: presence.count(sessionId) };
    const told = { campaignId, sessionId, ...(card ? { card } : {}) };
    for (const channel of [cardsChannel(campaignId), cardsChannel(campaignId, sessionId)])
      hub.publish(channel, 'card:changed', told, sessionId);
  }

  return {
    committed(sessionId, placed, state) {
      for (const audience of AUDIENCES) {
        const entries = placed.map((entry) => project(entry, audience, state));
        const messages = broughtBack(placed, audience, state);
        const told = { sessionId, entries, ...(messages.length > 0 ? { messages } : {}) };
        hub.publish(audienceChannel(sessionId, audience), 'entry:appended', told);
      }
    },
    card: (record) => tellCard(record.campaignId, record.id, record),
    changed(change) {
      if (!('record' in change)) return tellCard(change.campaignId, change.goneId);
      const { record } = change;
      for (const invites of [true, false])
        hub.publish(viewChannel(record.id, invites), 'session:changed', {
          sessionId: record.id,
          session: roomSession(record, presence.count(record.id), invites),
        });
      tellCard(record.campaignId, record.id, record);
    },
  };
}
