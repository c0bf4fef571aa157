import type { Job } from './load/job.ts';
import { fanoutPlans } from './plans/fanout.ts';
import { otherPlans } from './plans/rest.ts';
import type { Needs, Variant } from './servers.ts';

/** A figure to show: its key in the outcome, its heading, how it is written. */
export interface Column {
  key: string;
  heading: string;
  digits: number;
  /** Counts only from runs in which the rest of the machine was quiet, if there are any: times, and what hangs on them. */
  quiet?: boolean;
}

export interface Goal {
  /** Our variant that has to reach it. */
  ours: string;
  /** The peer's label; '' for a limit on a figure of ours alone. */
  against: string;
  key: string;
  /** With a peer: how many times as good as the peer. Without: the most that is allowed. */
  value: number;
  /** Less is better (of the figure). */
  less: boolean;
}

/** One promise and how it is measured. Promises with the same `load` share their runs. */
export interface Plan {
  id: string;
  title: string;
  load: string;
  /** Done on a first server, which is then started again on the same store. */
  first?: Job;
  quickFirst?: Job;
  job: Job;
  quickJob: Job;
  needs: Needs;
  variants: Variant[];
  columns: Column[];
  /** The column that is compared, row by row. */
  compared: string;
  less: boolean;
  goals: Goal[];
  notes: string[];
  /** More options for node, the same for every server. */
  nodeArgs?: string[];
  /** For what takes long and varies little. */
  mostRounds?: number;
}

export const plans: Plan[] = [...fanoutPlans, ...otherPlans].sort((a, b) => a.id.localeCompare(b.id));
