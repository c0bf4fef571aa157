import { later } from '../../later.tsx';

/** The guiding questions; what stands above the talk comes with them, since there is none before the first one. */
export const Prompts = later(() => import('./Prompts.tsx'), null);
