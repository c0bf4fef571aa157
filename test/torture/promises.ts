import { kill } from './r1-kill.ts';
import { syncOrder } from './r2-sync.ts';
import { converge } from './r4-converge.ts';
import { messages } from './r5-messages.ts';
import { hostile } from './r6-hostile.ts';
import { slowReaders } from './r7-slow.ts';
import { unknownNames } from './r8-unknown.ts';
import type { Torture } from './torture.ts';

/** The promises that are put to the torture, in the order of PROMISES.md. */
export const promises: Torture[] = [kill, syncOrder, converge, messages, hostile, slowReaders, unknownNames];
