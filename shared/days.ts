import type { Day, Time } from './fields.ts';

// One time zone for everybody; China has had no summer time since 1991.
const SHANGHAI_MS = 8 * 3_600_000;

/** The calendar day in Asia/Shanghai of an instant. */
export function dayOf(time: Time): Day {
  return new Date(Date.parse(time) + SHANGHAI_MS).toISOString().slice(0, 10);
}

/** The clock in Asia/Shanghai of an instant: `14:30`. */
export function timeOf(time: Time): string {
  return new Date(Date.parse(time) + SHANGHAI_MS).toISOString().slice(11, 16);
}
