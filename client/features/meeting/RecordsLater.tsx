import { later } from '../../later.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** Decisions and actions with their forms; a phone does not load them before they are looked at. */
export const Records = later(() => import('./Records.tsx'), <Skeleton rows={3} />);
