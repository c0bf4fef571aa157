import { kill } from './r1-kill.ts';
import type { Torture } from './torture.ts';

/** The promises that are put to the torture, in the order of PROMISES.md. */
export const promises: Torture[] = [kill];
