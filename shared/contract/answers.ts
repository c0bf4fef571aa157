import { z } from 'zod';
import { Time } from '../fields.ts';

/** Nothing to say but that it is done. */
export const Done = z.object({ done: z.literal(true) });
export const DONE = { done: true } as const;

/** A link to one file, good for ten minutes, without a cookie. `url` is a path. */
export const Ticket = z.object({ url: z.string(), name: z.string(), expiresAt: Time });
export type Ticket = z.infer<typeof Ticket>;
