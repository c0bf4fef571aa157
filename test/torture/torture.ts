import { AssertionError } from 'node:assert';

/** What one round found. A round is one history: its seed draws the faults, `anomalies` says in words what they broke. */
export interface Outcome {
  /** Summed over all rounds. */
  counts: Record<string, number>;
  /** The largest over all rounds counts; the unit stands in the name. */
  worst?: Record<string, number>;
  anomalies: string[];
}

export interface Task {
  seed: number;
  /** One of the promise's variants. */
  variant: string;
  /** [0, 1), the same for the same seed. */
  random(): number;
  /** Seconds that this round may take where it can choose; a round that is replayed may take what it likes. */
  seconds: number;
  /** A fault that the round plants into the system, so that the checker can be seen to notice it. */
  plant: string | undefined;
}

/** One line of PROMISES.md as a workload with a checker. */
export interface Torture {
  id: string;
  claim: string;
  workload: string;
  faults: string;
  /** Its part of the time, against the others. */
  weight: number;
  /** Kinds of round, gone through in turn; `seconds` is the promise's whole share. */
  variants(seconds: number): Promise<string[]> | string[];
  /** Why it cannot be run on this machine, or undefined. */
  cannot?(): Promise<string | undefined> | string | undefined;
  /** Faults that a self-test plants, each with the variant that has to turn red. */
  plants: { plant: string; variant: string }[];
  round(task: Task): Promise<Outcome>;
}

/** What is found in a round by a check that throws, as an anomaly. */
export function wordsOf(error: unknown): string {
  const planned =
    error instanceof AssertionError || (error instanceof Error && /^waited in vain/.test(error.message));
  const text = !(error instanceof Error)
    ? String(error)
    : planned
      ? error.message
      : (error.stack ?? error.message);
  const lines = text.split('\n');
  return lines.length > 14 ? `${lines.slice(0, 14).join('\n')}\n…` : text;
}
