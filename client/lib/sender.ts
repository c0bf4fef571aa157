import type { Failure } from '../../shared/errors.ts';
import type { Entry } from '../../shared/log.ts';
import { failureOf } from './errors.ts';
import type { Outbox, Pending } from './outbox.ts';

interface Parts {
  outbox: Outbox;
  say(message: Pending): Promise<Entry>;
  /** A message stands in the log. */
  said(entry: Entry): void;
  changed(): void;
}

export interface Sender {
  /** Sends what waits, one after another, so that what is said in order stands in order. */
  send(): Promise<void>;
  /** The line is back: the next failure waits a short time again. */
  hurry(): void;
  stop(): void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** What waiting or signing in can mend; anything else is a no. */
const passing = (failure: Failure): boolean =>
  ['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL', 'OUTDATED', 'UNAUTHENTICATED'].includes(failure.code);

export function createSender({ outbox, say, said, changed }: Parts): Sender {
  let busy = false;
  let stopped = false;
  let pause = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** False when it is of no use to go on with the next one now. */
  async function sendOne(message: Pending): Promise<boolean> {
    outbox.mark(message.id, 'sending');
    changed();
    try {
      const entry = await say(message);
      outbox.remove(message.id);
      said(entry);
      changed();
      return true;
    } catch (error) {
      const failure = failureOf(error);
      outbox.mark(message.id, passing(failure) ? 'waiting' : 'refused', failure);
      changed();
      return !passing(failure);
    }
  }

  async function send(): Promise<void> {
    if (busy || stopped) return;
    busy = true;
    clearTimeout(timer);
    for (let going = true; going && !stopped; ) {
      const next = outbox.list().find((message) => message.status === 'waiting');
      if (!next) break;
      going = await sendOne(next);
      if (going) pause = FIRST_PAUSE_MS;
      else again();
    }
    busy = false;
  }

  function again(): void {
    timer = setTimeout(() => void send(), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  return {
    send,
    hurry: () => {
      pause = FIRST_PAUSE_MS;
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
