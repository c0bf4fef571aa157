import type { Clock } from '../../../shared/log.ts';
import { spent } from '../../../shared/reduce.ts';
import { useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import styles from './clock.module.css';
import { useNow } from './use-now.ts';
import { meetingWords } from './words.ts';

const two = (n: number) => String(n).padStart(2, '0');

/** 18:42, or 102:05 for what lasts longer than an hour and a half. */
export function clockText(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** What is left of `seconds` on this clock, in ms; below zero it has run over. */
export function useLeft(clock: Clock, seconds: number): number {
  const now = useNow(clock.since !== undefined);
  // A second that has begun still counts: 3 minutes begin at 03:00 and end at 00:00.
  return Math.ceil((seconds * 1000 - spent(clock, now)) / 1000) * 1000;
}

/** A clock that runs down on the server's time: vermilion in its last 30 seconds, +01:20 已超时 beyond them. */
export function Countdown({
  clock,
  seconds,
  className,
  lateClass = styles.late,
  brief,
}: {
  clock: Clock;
  seconds: number;
  className?: string | undefined;
  lateClass?: string | undefined;
  /** Without the words 已超时. */
  brief?: boolean;
}) {
  const words = useWords(meetingWords);
  const left = useLeft(clock, seconds);
  const over = left < 0;
  return (
    <span
      role="timer"
      className={classes(
        styles.clock,
        left <= 30_000 && lateClass,
        clock.since === undefined && styles.still,
        className,
      )}
    >
      {over ? `+${clockText(left)}` : clockText(left)}
      {over && !brief && <span className={styles.over}>{words.over}</span>}
    </span>
  );
}
