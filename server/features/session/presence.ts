import type { Audience } from '../../../shared/actor.ts';
import type { Presence } from '../../../shared/contract/session.ts';
import type { Hub } from '../../realtime/hub.ts';

/** Everybody connected to a session is in this channel; what is told goes out on the channel of their audience. */
export const roomChannel = (sessionId: string) => `session:${sessionId}`;
export const audienceChannel = (sessionId: string, audience: Audience) =>
  `${roomChannel(sessionId)}:${audience}`;
/** Paired screens hear what the room hears of itself, and count as nobody in it. */
export const screenChannel = (sessionId: string) => `${roomChannel(sessionId)}:screens`;
/** Those who may let people in at the door. */
export const chairChannel = (sessionId: string) => `${roomChannel(sessionId)}:chair`;
const PREFIX = 'session:';
/** How long arrivals are gathered into one message: it names everybody and goes to everybody, so a hall waits longer than a room. */
const settleMs = (people: number): number => Math.min(1000, 150 + 3 * people);

/** Who left longest ago is forgotten first; their time in the minutes then ends with the meeting. */
const MOST_GONE = 20_000;

export interface SessionPresence {
  now(sessionId: string): Presence;
  count(sessionId: string): number;
  /** Whether any device of the person is connected. */
  isHere(sessionId: string, personId: string): boolean;
  setAway(connectionId: string, sessionId: string, away: boolean): void;
  /** When a person was last connected, as ISO time; undefined when they are here or were never seen by this process. */
  lastSeen(sessionId: string, personId: string): string | undefined;
}

/** Who is connected now, counted in devices. Ephemeral: a drop is not a leaving. `told` is called when a room was told. */
export function createPresence(hub: Hub, told: (sessionId: string) => void): SessionPresence {
  const away = new Set<string>();
  const gone = new Map<string, string>();
  const due = new Set<string>();
  // Asked by everybody who comes in: counted, not looked for among all who are connected.
  const connected = new Map<string, number>();

  function count(person: string, step: 1 | -1): void {
    const n = (connected.get(person) ?? 0) + step;
    if (n > 0) connected.set(person, n);
    else connected.delete(person);
  }

  function compute(sessionId: string): Presence {
    const people = new Map<string, { tokens: Set<string>; awake: boolean }>();
    for (const member of hub.members(roomChannel(sessionId))) {
      if (member.personId === '') continue;
      const own = people.get(member.personId) ?? { tokens: new Set(), awake: false };
      own.tokens.add(member.tokenId);
      own.awake ||= !away.has(member.connectionId);
      people.set(member.personId, own);
    }
    // Only a device that has proven it is staff is in the channel of the staff.
    const staff = new Set(hub.members(audienceChannel(sessionId, 'staff')).map((member) => member.personId));
    return {
      people: [...people].map(([personId, p]) => ({
        ...{ personId, devices: p.tokens.size, away: !p.awake },
        ...(staff.has(personId) && { staff: true }),
      })),
    };
  }

  // Three hundred phones arriving at once are one message, not three hundred.
  function announce(sessionId: string): void {
    if (due.has(sessionId)) return;
    due.add(sessionId);
    setTimeout(
      () => {
        due.delete(sessionId);
        const presence = { sessionId, presence: compute(sessionId) };
        for (const channel of [roomChannel(sessionId), screenChannel(sessionId)])
          hub.publish(channel, 'presence:changed', presence);
        told(sessionId);
      },
      settleMs(hub.members(roomChannel(sessionId)).length),
    ).unref();
  }

  hub.onMembership((channel, member, entered) => {
    const sessionId = channel.slice(PREFIX.length);
    if (channel !== roomChannel(sessionId) || sessionId.includes(':')) return;
    const person = `${sessionId} ${member.personId}`;
    count(person, entered ? 1 : -1);
    if (!entered) {
      away.delete(member.connectionId);
      gone.delete(person);
      gone.set(person, new Date().toISOString());
      if (gone.size > MOST_GONE) gone.delete(gone.keys().next().value!);
    }
    announce(sessionId);
  });

  return {
    now: compute,
    count: (sessionId) => compute(sessionId).people.length,
    isHere: (sessionId, personId) => connected.has(`${sessionId} ${personId}`),
    setAway(connectionId, sessionId, isAway) {
      // Who is not in the room would be remembered for ever: only leaving it forgets.
      if (!hub.members(roomChannel(sessionId)).some((each) => each.connectionId === connectionId)) return;
      if (isAway) away.add(connectionId);
      else away.delete(connectionId);
      announce(sessionId);
    },
    lastSeen(sessionId, personId) {
      const here = compute(sessionId).people.some((p) => p.personId === personId);
      return here ? undefined : gone.get(`${sessionId} ${personId}`);
    },
  };
}
