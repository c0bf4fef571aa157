import { crowds } from './crowds.ts';
import { floods } from './floods.ts';
import type { HostileInput } from './input.ts';
import { shapes } from './shapes.ts';
import { unfinished } from './unfinished.ts';

/** All hostile inputs, in the order in which they are sent. */
export const inputs: HostileInput[] = [...shapes, ...floods, ...unfinished, ...crowds];
