import type { PersonState, SessionState } from './log.ts';

/**
 * How a person counts in a meeting. `arrived`, `leave` and `absent` make up 应到 (实到, 请假, 缺席); `observing` is 列席, which
 * guests always are; `desk` holds or records the meeting without being expected in it; `extra` is anybody else who came without
 * being expected, who is on no roster among them.
 */
export type Seat = 'arrived' | 'leave' | 'absent' | 'observing' | 'desk' | 'extra';

const watches = ({ capacity }: PersonState): boolean => capacity === 'guest' || capacity === 'observer';

/**
 * What the attendance panel says goes before how they came in; but who was on leave and came after all was there. Undefined for who
 * is no part of the meeting: an administrator who only looked in, somebody who was sent out and never expected.
 */
export function seatOf(person: PersonState): Seat | undefined {
  if (person.attendance === 'observing') return 'observing';
  if (person.attendance === 'leave' && !person.cameAfterAll) return watches(person) ? undefined : 'leave';
  const here = (person.joinedAt !== undefined && !person.removed) || person.attendance === 'present';
  if (watches(person)) return here ? 'observing' : undefined;
  if (person.expected) return here ? 'arrived' : 'absent';
  if (!here) return undefined;
  if (person.capacity === 'administrator') return person.spoke ? 'observing' : undefined;
  return person.capacity === 'moderator' || person.capacity === 'note-taker' ? 'desk' : 'extra';
}

export interface Attendance {
  /** 应到: always the sum of the three that follow. */
  expected: PersonState[];
  arrived: PersonState[];
  leave: PersonState[];
  absent: PersonState[];
  observing: PersonState[];
  desk: PersonState[];
  extra: PersonState[];
  /** Those of `extra` who are on no roster; for staff only, others see none. */
  walkIns: PersonState[];
}

/** The one count of who was there, for every screen and the minutes. */
export function attendanceOf({ people }: Pick<SessionState, 'people'>): Attendance {
  const seats: Record<Seat, PersonState[]> = {
    ...{ arrived: [], leave: [], absent: [] },
    ...{ observing: [], desk: [], extra: [] },
  };
  for (const person of Object.values(people)) {
    const seat = seatOf(person);
    if (seat) seats[seat].push(person);
  }
  return {
    ...seats,
    expected: [...seats.arrived, ...seats.leave, ...seats.absent],
    walkIns: seats.extra.filter((person) => person.walkIn),
  };
}

/** The same in numbers. */
export type Figures = Record<keyof Attendance, number>;
export function figuresOf(attendance: Attendance): Figures {
  const numbers = Object.entries(attendance).map(([name, people]) => [name, people.length]);
  return Object.fromEntries(numbers) as Figures;
}
