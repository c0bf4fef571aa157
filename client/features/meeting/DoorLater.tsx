import { later } from '../../later.tsx';

/** The moderator's side of the door. */
export const DoorStrip = later(() => import('./DoorStrip.tsx'), null);
