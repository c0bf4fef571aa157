import { later } from '../../later.tsx';

/** The menu of a desk's header; a phone has its page 我. */
export const IdentityMenu = later(() => import('./IdentityMenu.tsx'), null);
